//! Notifications in the page (站内通知): what a person is told, until he has read it.

pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod store;
mod tell;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub use tell::TellError;

/// One thing that a person is told (通知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, sqlx::FromRow)]
pub struct Notice {
    /// The id.
    pub id: Uuid,
    /// Who is told.
    #[serde(skip)]
    pub person: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What, in Chinese.
    pub title: String,
    /// About which docket: a lead, unless `docket_kind` says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_id: Option<Uuid>,
    /// Of what kind the docket is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub docket_kind: Option<String>,
    /// Whether it was read.
    pub read: bool,
}
