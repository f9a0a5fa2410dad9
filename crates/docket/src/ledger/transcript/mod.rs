//! A docket's ledger written out (台账抄本): the very words that were hashed, so that whoever has them can count over without this program.

mod store;

use serde::Deserialize;
use sqlx::PgConnection;

use super::{GENESIS, canonical};
use crate::KeyOf;

/// A line of the ledger as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranscriptLine {
    /// The canonical JSON that was hashed; it names the hash of the line before as `previous`.
    pub words: String,
    /// Its hash, with the function in front.
    pub hash: String,
}

/// Where a transcript breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranscriptFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in Chinese.
    pub what: &'static str,
}

/// Writes a docket's ledger out, in its order.
///
/// # Errors
/// The database's.
pub async fn transcript(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<TranscriptLine>> {
    let lines = store::lines(connection, key).await?;
    let written = lines.into_iter().map(|line| TranscriptLine {
        words: String::from_utf8_lossy(&canonical::words(&key.region, key.id.uuid(), &line)).into_owned(),
        hash: line.hash,
    });
    Ok(written.collect())
}

/// What a line says of its place in the chain.
#[derive(Deserialize)]
struct Place {
    docket: uuid::Uuid,
    seq: i64,
    previous: String,
}

/// Counts a transcript over: every line hashes to what it says, follows the one before, and is the same docket's; from the first on.
///
/// # Errors
/// The first line that does not.
pub fn follow(lines: &[TranscriptLine]) -> Result<(), TranscriptFault> {
    let (mut previous, mut docket) = (GENESIS, None);
    for (number, line) in (1..).zip(lines) {
        let fault = |what| TranscriptFault { line: number, what };
        let counted = canonical::function_of(&line.hash).map(|function| canonical::digest(function, line.words.as_bytes()));
        if counted.as_deref() != Some(line.hash.as_str()) {
            return Err(fault("内容与其摘要不符"));
        }
        let place: Place = serde_json::from_str(&line.words).map_err(|_| fault("内容无法识别"))?;
        if usize::try_from(place.seq) != Ok(number) || place.previous != previous {
            return Err(fault("与上一条不衔接"));
        }
        if *docket.get_or_insert(place.docket) != place.docket {
            return Err(fault("不是同一案件的台账"));
        }
        previous = &line.hash;
    }
    Ok(())
}
