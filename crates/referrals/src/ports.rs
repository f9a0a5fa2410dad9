//! What this room asks of whoever holds the documents of cases.

use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use uuid::Uuid;

/// A document of a case that whoever referred it may read (可查阅文书).
#[derive(Debug, Clone)]
pub struct ShownPaper {
    /// Its id.
    pub id: Uuid,
    /// Its kind, such as `D15`.
    pub kind: String,
    /// What it is called, with its number.
    pub title: String,
    /// SHA-256 of its PDF.
    pub file: String,
}

/// The room that holds documents.
pub trait CasePapers: Send + Sync + 'static {
    /// The decisions of a case that were issued and not voided; never a draft, nothing that weighs inside.
    ///
    /// # Errors
    /// The database's.
    fn shown<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<ShownPaper>>>;
}
