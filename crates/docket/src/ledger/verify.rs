//! `bihuan verify`: reads every chain and says where it was altered, cut off or lost. It only reads.

use std::collections::HashMap;

use futures::TryStreamExt;
use sqlx::PgPool;
use uuid::Uuid;

use super::{GENESIS, Root, Sealed, canonical};
use crate::store;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The docket.
    pub docket: Uuid,
    /// The first ledger sequence at fault.
    pub seq: i64,
    /// What is wrong, in Chinese.
    pub what: String,
}

/// The outcome.
#[derive(Debug, Default)]
pub struct Verified {
    /// Dockets read.
    pub dockets: u64,
    /// Lines read.
    pub entries: u64,
    /// Heads compared with roots kept outside.
    pub rooted: u64,
    /// The first fault of each faulty docket, at most [`MOST_FINDINGS`].
    pub findings: Vec<Finding>,
}

/// Beyond so many findings the rest is only worth a count.
pub const MOST_FINDINGS: usize = 1000;

/// A docket's chain while it is being read.
struct Chain {
    docket: Uuid,
    head: (i64, String),
    last: (i64, String),
    faulty: bool,
}

/// Reads all chains and compares them with `roots`, the signed heads kept outside.
///
/// # Errors
/// The database's.
pub async fn verify(pool: &PgPool, roots: &[Root]) -> sqlx::Result<Verified> {
    let mut outside: HashMap<Uuid, Vec<(i64, String)>> = HashMap::new();
    for root in roots {
        for head in &root.heads {
            outside.entry(head.docket).or_default().push((head.seq, head.hash.clone()));
        }
    }
    let mut outcome = Verified::default();
    let mut chain: Option<Chain> = None;
    let mut rows = store::chains(pool);
    while let Some(row) = rows.try_next().await? {
        if chain.as_ref().is_none_or(|chain| chain.docket != row.docket_id) {
            finish(&mut outcome, chain.take());
            outcome.dockets += 1;
            chain = Some(Chain {
                docket: row.docket_id,
                head: (row.head_seq.unwrap_or(0), row.head_hash.clone().unwrap_or_default()),
                last: (0, GENESIS.to_owned()),
                faulty: false,
            });
        }
        let Some(current) = chain.as_mut() else { continue };
        if row.head_seq.is_none() && !current.faulty {
            report(&mut outcome, current, row.line.as_ref().map_or(1, |line| line.seq), "台账有记录，但件的主记录已不存在");
        }
        let Some(line) = row.line else { continue };
        outcome.entries += 1;
        check_line(&mut outcome, current, &row.region, &line);
        if let Some(kept) = outside.get_mut(&current.docket) {
            kept.retain(|(seq, hash)| {
                if *seq != line.seq {
                    return true;
                }
                outcome.rooted += 1;
                if *hash != line.hash && !current.faulty {
                    current.faulty = true;
                    push(&mut outcome.findings, current.docket, *seq, "与外部保存的根不一致：该件的台账被整链改写");
                }
                false
            });
        }
        current.last = (line.seq, line.hash);
    }
    finish(&mut outcome, chain.take());
    for (docket, kept) in outside {
        if let Some((seq, _)) = kept.into_iter().min() {
            push(&mut outcome.findings, docket, seq, "外部保存的根中有此记录，数据库中已不存在：台账被截断或删除");
        }
    }
    Ok(outcome)
}

fn check_line(outcome: &mut Verified, chain: &mut Chain, region: &str, line: &Sealed) {
    if chain.faulty {
        return;
    }
    let expected = chain.last.0 + 1;
    if line.seq != expected {
        report(outcome, chain, expected, "记录缺失");
    } else if line.previous != chain.last.1 {
        report(outcome, chain, line.seq, "与上一条记录的哈希不衔接");
    } else {
        let recomputed = canonical::function_of(&line.hash).map(|function| canonical::hash(function, region, chain.docket, line));
        if recomputed.as_deref() != Some(line.hash.as_str()) {
            report(outcome, chain, line.seq, "记录内容与其哈希不符：内容被改动");
        }
    }
}

fn finish(outcome: &mut Verified, chain: Option<Chain>) {
    if let Some(mut chain) = chain
        && !chain.faulty
        && chain.head != chain.last
    {
        let seq = chain.last.0 + 1;
        report(outcome, &mut chain, seq, "末尾记录缺失：台账与件的主记录不符");
    }
}

fn report(outcome: &mut Verified, chain: &mut Chain, seq: i64, what: &str) {
    chain.faulty = true;
    push(&mut outcome.findings, chain.docket, seq, what);
}

fn push(findings: &mut Vec<Finding>, docket: Uuid, seq: i64, what: &str) {
    if findings.len() < MOST_FINDINGS {
        findings.push(Finding { docket, seq, what: what.to_owned() });
    }
}
