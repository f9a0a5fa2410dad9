//! The index of a dossier (案卷目录).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form of the index that this program writes.
pub(crate) const FORM: &str = "bihuan-dossier-1";

/// What a file of the dossier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The ledger written out.
    Ledger,
    /// A document of the organ.
    Document,
    /// A piece of evidence.
    Evidence,
}

/// A file of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the ZIP.
    pub name: String,
    /// What it is.
    pub kind: PartKind,
    /// What people call it.
    pub title: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// The index (目录).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// The form of this index.
    pub form: String,
    /// The number of the case.
    pub number: String,
    /// What is known of the case, as its room tells it to whoever asked for the dossier.
    pub case: Value,
    /// Every file but the index, its signature, the sums and the checker.
    pub parts: Vec<Part>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The public key that signed, in hexadecimal: who vouches for it, the reader must know from elsewhere.
    pub public_key: String,
}
