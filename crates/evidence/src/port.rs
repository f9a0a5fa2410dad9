//! What the room that holds cases says about one of them.

use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use uuid::Uuid;

/// What is wanted with a case's evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To see it.
    See,
    /// To add to it: by those who handle the case, while it is not in the archive.
    Add,
    /// To say that something of it does not count: by those who handle, review or decide the case.
    Exclude,
}

/// A case as far as its evidence is concerned (案件).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// The officers who handle it.
    pub officers: Vec<Uuid>,
}

/// The room that holds cases.
pub trait CaseFiles: Send + Sync + 'static {
    /// The case, for a caller who may do what is wished.
    ///
    /// # Errors
    /// `case-not-found` outside the caller's sight; `forbidden` or what the case's own state refuses.
    fn opened<'a>(&'a self, caller: &'a Caller, case: Uuid, wish: Wish) -> BoxFuture<'a, Answer<CaseFile>>;
}
