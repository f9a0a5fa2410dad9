//! The ledger (台账): an append-only chain of hashes a docket.
//!
//! A line's hash covers the canonical JSON (RFC 8785) of everything it says and the hash of the line before it.

mod canonical;
mod root;
mod sign;
mod transcript;
mod verify;

use std::fmt;

use chrono::{DateTime, Utc};
use kernel::personal::redact_value;
use serde_json::Value;

use crate::{KeyOf, NewEntry};

pub use root::{HeadLine, Root, RootError, RootKey, Trusted, load_roots, roots_made, write_root};
pub use sign::{canonical_text, was_signed};
pub use transcript::{TranscriptFault, TranscriptLine, follow, transcript};
pub use verify::{Finding, Verified, verify};

/// What stands as the previous hash before a docket's first line.
pub const GENESIS: &str = "genesis";

/// Which hash function a chain's lines are sealed with; every hash says it in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256 (GB/T 18238, FIPS 180-4).
    Sha256,
    /// SM3 (GB/T 32905-2016).
    Sm3,
}

/// A line ready to be stored.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// 1 for a docket's first line.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// In which role.
    pub role: Option<String>,
    /// Did what.
    pub action: String,
    /// Where, in WGS-84 degrees.
    pub place: Option<(f64, f64)>,
    /// The canonical JSON of the content.
    pub payload: String,
    /// The hash of the line before.
    pub previous: String,
    /// This line's hash.
    pub hash: String,
}

impl Hash {
    /// The function new lines are sealed with: `BIHUAN_LEDGER_HASH=sm3` where the rules for commercial cryptography ask for it.
    #[must_use]
    pub fn chosen() -> Self {
        static CHOSEN: std::sync::OnceLock<Hash> = std::sync::OnceLock::new();
        *CHOSEN.get_or_init(|| match std::env::var("BIHUAN_LEDGER_HASH") {
            Ok(name) if name.eq_ignore_ascii_case("sm3") => Self::Sm3,
            _ => Self::Sha256,
        })
    }
}

/// Chains `entries` onto a docket whose last line is `head_seq` with `head_hash`.
pub(crate) fn seal(key: &KeyOf, head_seq: i64, head_hash: &str, now: DateTime<Utc>, entries: &[NewEntry]) -> Vec<Sealed> {
    let mut previous = head_hash.to_owned();
    let mut lines = Vec::with_capacity(entries.len());
    for (entry, seq) in entries.iter().zip(head_seq + 1..) {
        let mut line = Sealed {
            seq,
            at: now,
            actor: entry.actor.to_string(),
            role: entry.role.clone(),
            action: entry.action.to_owned(),
            place: entry.place,
            payload: canonical::json(&redact_value(&entry.payload)),
            previous: previous.clone(),
            hash: String::new(),
        };
        line.hash = canonical::hash(Hash::chosen(), &key.region, key.id.uuid(), &line);
        previous.clone_from(&line.hash);
        lines.push(line);
    }
    lines
}

impl fmt::Display for Hash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Sha256 => "sha256",
            Self::Sm3 => "sm3",
        })
    }
}

/// A JSON object from pairs, leaving out what is null: how payloads are written.
#[must_use]
pub fn payload<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Object(pairs.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect())
}
