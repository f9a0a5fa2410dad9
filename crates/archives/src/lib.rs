//! Archives (案卷): what belongs to a case, put together in one file for the court, the reviewing body or the archive.
//!
//! Nouns: dossier (电子案卷).
//!
//! Invariants:
//! - a dossier holds what its maker may see of the case, and nothing else;
//! - who made one, and when, is a line in the ledger of the case, written before the first byte leaves;
//! - one is made at a time, on the disk, of a bounded size.
//!
//! May know: kernel, database, docket, dossier, evidence, files, http and identity. Cases and their documents are asked through the port
//! [`CaseContents`].

mod export;
mod packing;
mod port;
mod rights;
mod service;

pub use port::{CaseContents, CasePaper, CaseTold};
pub use rights::rights;
pub use service::{Archives, Parts};

use utoipa_axum::{router::OpenApiRouter, routes};

/// The operations.
pub fn routes(archives: Archives) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(export::export)).with_state(archives)
}
