//! What the rooms that hold cases and documents say of one case.

use docket::KeyOf;
use files::FileId;
use futures::future::BoxFuture;
use http_api::Answer;
use identity::Caller;
use serde_json::Value;
use uuid::Uuid;

/// A document of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePaper {
    /// Its kind, such as `D15`.
    pub kind: String,
    /// Which paper of its kind it is, such as `approval`, where one of its kind's is; nothing where nobody can say.
    pub part: Option<&'static str>,
    /// What people call it, with its number.
    pub title: String,
    /// Its PDF.
    pub file: FileId,
    /// It was voided since.
    pub void: bool,
}

/// A case as its room tells it to a caller (案件内容).
#[derive(Debug, Clone)]
pub struct CaseTold {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// What the caller may know of it, masked as the page masks it.
    pub told: Value,
    /// Its documents, in their order.
    pub papers: Vec<CasePaper>,
}

/// The rooms that hold cases and their documents.
pub trait CaseContents: Send + Sync + 'static {
    /// The case, for a caller who may see it.
    ///
    /// # Errors
    /// `case-not-found` outside the caller's sight.
    fn told<'a>(&'a self, caller: &'a Caller, case: Uuid) -> BoxFuture<'a, Answer<CaseTold>>;

    /// What there is to execute, in plain words: what is owed. Nothing where nothing is owed. Who may know was decided by [`Self::told`].
    ///
    /// # Errors
    /// The database's.
    fn subject<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<String>>>;
}
