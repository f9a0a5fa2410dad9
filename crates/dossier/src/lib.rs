//! A case on its own (电子案卷): one ZIP with an index, the ledger, documents and evidence, that anybody can check without this program.
//!
//! ```text
//! SHA256SUMS            every other file with its hash: `sha256sum -c SHA256SUMS`
//! index.json            what the case is, and every file with what it is
//! index.sig             the city's signature (Ed25519, in hexadecimal) over index.json
//! ledger.txt            a line a step: the hash, a tab, the words that were hashed
//! verify.py             checks all of the above but the signature with nothing but Python
//! documents/… evidence/…
//! ```
//!
//! Pure but for the file that is written and read: who may have a dossier, and what belongs into it, the rooms above know.

mod check;
mod index;
mod pack;

pub use check::{Checked, DossierError, Vouched, check};
pub use index::{Index, Part, PartKind};
pub use pack::Packing;

/// The words that go before the index when it is signed.
pub const PURPOSE: &str = "bihuan-dossier";
