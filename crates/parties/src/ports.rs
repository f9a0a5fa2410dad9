//! What this room asks of others: the documents of a case, and what other rooms have to tell its party.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An issued document of a case (已签发文书).
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its id.
    pub id: Uuid,
    /// Its kind, such as `D03`.
    pub kind: String,
    /// What it is called, with its number.
    pub title: String,
    /// SHA-256 of its PDF.
    pub file: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// It was voided since.
    pub void: bool,
}

/// The room that holds documents.
pub trait Papers: Send + Sync + 'static {
    /// The issued documents of a case, voided ones among them; never a draft.
    ///
    /// # Errors
    /// The database's.
    fn issued<'a>(&'a self, case: &'a KeyOf) -> BoxFuture<'a, Answer<Vec<Paper>>>;
}

/// Something that another room tells a party about his case (其他事项): what is to be paid, what was towed, when credit may be repaired.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PartySection)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// A line each, in plain words.
    pub lines: Vec<String>,
    /// Where to go on, within these pages: it begins with `/`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What the link says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_label: Option<String>,
}

/// A room that has something to tell a party.
pub trait Extras: Send + Sync + 'static {
    /// What it tells this party of this case; nothing where it has nothing.
    ///
    /// # Errors
    /// The room's own; the page is then answered without it.
    fn told<'a>(&'a self, case: &'a KeyOf, party: i16) -> BoxFuture<'a, Answer<Vec<Section>>>;
}
