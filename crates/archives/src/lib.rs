//! Archives (案卷): what belongs to a case, put together in one file for the court, the reviewing body or the archive.
//!
//! Nouns: dossier (电子案卷), court file (申请法院强制执行的材料).
//!
//! Invariants:
//! - a dossier holds what its maker may see of the case, and nothing else;
//! - a court file is made when nothing is lacking that the law wants, and holds nothing of the organ's own review and discussion;
//! - who made one, and when, is a line in the ledger of the case, written before the first byte leaves;
//! - one is made at a time, on the disk, of a bounded size.
//!
//! May know: kernel, database, docket, dossier, evidence, files, http and identity. Cases and their documents are asked through the port
//! [`CaseContents`].

mod bundle;
mod court_file;
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
    OpenApiRouter::new()
        .routes(routes!(export::export))
        .routes(routes!(court_file::list::list, court_file::export::export))
        .with_state(archives)
}
