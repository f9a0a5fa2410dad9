//! What the centre asks of those who hold cases and evidence: the binary wires it.

use async_trait::async_trait;
use docket::KeyOf;
use http_api::Answer;
use identity::Caller;
use sqlx::PgConnection;
use uuid::Uuid;

/// A case as far as the centre is concerned (案件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreCase {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// The region that it lies in.
    pub jurisdiction: String,
    /// The officers who handle it.
    pub officers: Vec<Uuid>,
    /// It is in the archive, or part of another case.
    pub is_over: bool,
    /// It is in the archive.
    pub is_archived: bool,
    /// A case of the demo city.
    pub simulated: bool,
}

/// The room that holds cases.
#[async_trait]
pub trait CentreCases: Send + Sync + 'static {
    /// A case within the caller's sight.
    ///
    /// # Errors
    /// `forbidden`, `case-not-found`; the database's.
    async fn opened(&self, caller: &Caller, case: Uuid) -> Answer<CentreCase>;
}

/// An item of evidence that may be a recording (证据).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreItem {
    /// The case that it belongs to.
    pub docket: Uuid,
    /// What people call it.
    pub title: String,
    /// The kind of its file.
    pub media_type: String,
    /// It was excluded.
    pub excluded: bool,
}

/// A mark of a recording, as evidence keeps it (标记).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreMark {
    /// The item.
    pub item: Uuid,
    /// From the beginning of the recording, in milliseconds.
    pub from_ms: i64,
    /// What is to be seen or heard there.
    pub words: String,
}

/// The room that holds evidence.
#[async_trait]
pub trait CentreEvidence: Send + Sync + 'static {
    /// An item of evidence.
    ///
    /// # Errors
    /// The database's.
    async fn item(&self, connection: &mut PgConnection, item: Uuid) -> Answer<Option<CentreItem>>;

    /// The marks of these items.
    ///
    /// # Errors
    /// The database's.
    async fn marks(&self, connection: &mut PgConnection, items: &[Uuid]) -> Answer<Vec<CentreMark>>;
}
