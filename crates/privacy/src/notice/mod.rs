//! The notice that people read before they leave their name (个人信息告知书, 个人信息保护法 art. 17): drafted, published, kept.

pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod public;
pub(crate) mod publish;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;

/// A published notice.
#[derive(Debug, Clone, Serialize, FromRow, ToSchema)]
pub(crate) struct PrivacyNotice {
    /// 1, 2, 3…
    pub number: i64,
    /// What people are told.
    pub text: String,
    /// The rules for children under fourteen.
    pub minors: String,
    /// Since when.
    pub published_at: DateTime<Utc>,
}
