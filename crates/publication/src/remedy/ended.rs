//! Reviews and suits that ended, for those who count them (复议纠错率、诉讼败诉率).

use chrono::{DateTime, Utc};
use http_api::Answer;
use identity::Scope;
use sqlx::FromRow;
use uuid::Uuid;

use super::store;
use crate::Publications;

/// A review or suit that ended.
#[derive(Debug, Clone, FromRow)]
pub struct EndedRemedy {
    /// Of which case.
    pub case_id: Uuid,
    /// Its unit.
    pub unit: Option<Uuid>,
    /// A suit; otherwise a review.
    pub suit: bool,
    /// The decision was revoked, changed, or found unlawful or void.
    pub fell: bool,
}

impl Publications {
    /// The reviews and suits that ended from one instant until before another, within a scope; at most `most`.
    ///
    /// # Errors
    /// The database's.
    pub async fn ended_remedies(&self, scope: &Scope, from: DateTime<Utc>, to: DateTime<Utc>, most: i64) -> Answer<Vec<EndedRemedy>> {
        Ok(store::ended(self.database().pool(), scope, (from, to), most).await?)
    }
}
