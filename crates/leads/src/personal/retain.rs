//! What of closed leads is past its period (到期数据), for who drops it.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::{Leads, act::not_found};

impl Leads {
    /// Leads that were closed before a day and still keep a contact, each with when, in that order, after `after`. What is held against its
    /// closing, or goes on in an open lead, is left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn contacts_of_closed(
        &self,
        connection: &mut PgConnection,
        region: &str,
        before: DateTime<Utc>,
        after: Option<(DateTime<Utc>, Uuid)>,
        most: i64,
    ) -> sqlx::Result<Vec<(DateTime<Utc>, Uuid)>> {
        store::contacts_of_closed(connection, region, before, after, most).await
    }

    /// Holds a lead's data: from the commit on nothing of them is erased or dropped, until they are let go.
    ///
    /// # Errors
    /// `lead-not-found`, the database's.
    pub async fn hold_data(&self, connection: &mut PgConnection, key: &KeyOf, held: bool) -> Answer<()> {
        docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        Ok(store::hold_data(connection, &key.region, key.id.uuid(), held).await?)
    }

    /// Drops answers that their sources took before a day, so many at most, but for those of held leads; says how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn drop_answers_taken(
        &self,
        connection: &mut PgConnection,
        region: &str,
        before: DateTime<Utc>,
        most: i64,
    ) -> sqlx::Result<i64> {
        store::drop_answers_taken(connection, region, before, most).await
    }

    /// How many answers their sources took before a day and would be dropped, and how many of them are of held leads.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_answers_taken(&self, region: &str, before: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
        store::count_answers_taken(self.database().pool(), region, before).await
    }
}
