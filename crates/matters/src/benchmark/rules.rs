//! Reading a benchmark's rules, and holding them against the matter that they are for.

use kernel::problem::Problem;
use law::discretion::{Benchmark, Fault, Kind};
use serde_json::Value;

use crate::matter::{FineParty, MatterFacts};

/// Fen in a yuan.
const YUAN: u64 = 100;

/// The kind of party as the matter knows it.
const fn party(kind: Kind) -> FineParty {
    match kind {
        Kind::Person => FineParty::Individual,
        Kind::Organisation => FineParty::Organisation,
    }
}

/// Reads rules from JSON.
///
/// # Errors
/// `benchmark-unreadable` where it is none.
pub(super) fn read(rules: &Value) -> Result<Benchmark, Problem> {
    serde_json::from_value(rules.clone())
        .map_err(|error| Problem::invalid("benchmark-unreadable", format!("不是裁量基准：{error}")).field("rules", error.to_string()))
}

/// Everything that is wrong with rules for this matter: their own faults, and ranges that are not the statute's.
pub(super) fn faults(rules: &Benchmark, code: &str, matter: &MatterFacts) -> Vec<Fault> {
    let mut found = rules.faults();
    if rules.matter != code {
        found.push(Fault { pointer: "/matter".into(), detail: format!("写的是事项 {}，不是 {code}", rules.matter) });
    }
    for (at, range) in rules.ranges.iter().enumerate() {
        let told = |least: u64, most: u64| format!("{} 至 {} 元", least / YUAN, most / YUAN);
        let own = (range.min.saturating_mul(YUAN), range.max.saturating_mul(YUAN));
        let detail = match matter.range(party(range.party)) {
            Some(lawful) => {
                let lawful = (lawful.min_fen.unsigned_abs(), lawful.max_fen.unsigned_abs());
                (lawful != own).then(|| format!("{}的法定幅度是 {}", range.party.label(), told(lawful.0, lawful.1)))
            }
            None => Some(format!("该事项对{}没有固定的罚款幅度", range.party.label())),
        };
        found.extend(detail.map(|detail| Fault { pointer: format!("/ranges/{at}"), detail }));
    }
    // A kind of party without a range could never be weighed, and its cases would wait for factors that nobody can answer.
    for kind in [Kind::Person, Kind::Organisation] {
        if matter.range(party(kind)).is_some() && !rules.ranges.iter().any(|range| range.party == kind) {
            found.push(Fault {
                pointer: "/ranges".into(), detail: format!("缺少对{}的幅度：该事项对其有法定罚款幅度", kind.label())
            });
        }
    }
    found
}

/// The faults as one problem with a field each.
///
/// # Errors
/// `benchmark-invalid`.
pub(super) fn sound(faults: Vec<Fault>) -> Result<(), Problem> {
    if faults.is_empty() {
        return Ok(());
    }
    let problem = Problem::invalid("benchmark-invalid", format!("裁量基准有 {} 处不能使用：{}", faults.len(), faults[0].detail));
    Err(faults.into_iter().fold(problem, |problem, one| problem.field(one.pointer, one.detail)))
}
