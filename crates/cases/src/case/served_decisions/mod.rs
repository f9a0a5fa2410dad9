//! Penalty decisions that were served (已送达的处罚决定), for the share of them that went together with what goes with a decision.

mod store;

use chrono::{DateTime, Utc};
use http_api::Answer;
use identity::{Allowed, Caller};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Cases, rights};

/// A case whose decision was served.
#[derive(Debug, Clone, FromRow)]
pub struct DecisionServed {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// When the service was first entered in the span that was asked for.
    pub entered_at: DateTime<Utc>,
}

impl Cases {
    /// The cases within the caller's sight whose decision's service was entered in a span of time, the newest first, at most so many.
    ///
    /// # Errors
    /// `forbidden` without the right to see cases; the database's.
    pub async fn decisions_served(
        &self,
        caller: &Caller,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        most: i64,
    ) -> Answer<Vec<DecisionServed>> {
        let scope = Allowed::<rights::SeeCases>::check(caller.clone())?.scope();
        Ok(store::served(self.database().pool(), &scope, self.home_region(), from, until, most).await?)
    }
}
