//! Telling people something, in the transaction that is the reason for it.

use std::collections::BTreeSet;

use database::DatabaseError;
use kernel::id::{DocketId, PersonId, uuid_at};
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::{Notify, follow};

/// The longest title, in characters.
const LONGEST: usize = 200;

/// Why nobody could be told.
#[derive(Debug, thiserror::Error)]
pub enum TellError {
    /// The row could not be written.
    #[error("write a notification")]
    Sql(#[from] sqlx::Error),
    /// The word to the pages could not be sent.
    #[error("send word of a notification")]
    Database(#[from] DatabaseError),
}

impl Notify {
    /// Tells these people, once each, when the transaction commits.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell(
        &self,
        connection: &mut PgConnection,
        persons: &[PersonId],
        title: &str,
        docket: Option<DocketId>,
    ) -> Result<(), TellError> {
        let persons: BTreeSet<Uuid> = persons.iter().map(|person| person.uuid()).collect();
        if persons.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let persons: Vec<Uuid> = persons.into_iter().collect();
        let ids: Vec<Uuid> = persons.iter().map(|_| uuid_at(now)).collect();
        let title: String = title.chars().take(LONGEST).collect();
        store::insert(connection, &ids, &persons, now, &title, docket.map(DocketId::uuid)).await?;
        follow::tell_notices(connection, &ids).await?;
        Ok(())
    }
}
