//! What stands against closing a lead (存疑暂缓结案): marks set by who looks into how honestly it was fixed and checked.
//!
//! The procedure refuses to close a lead that has a mark ([`crate::lead::LeadProcedure`]); dispatching it, or sending it back to be fixed
//! again, takes all of them away, since what they spoke of is no longer what will be closed.

pub(crate) mod store;

use docket::KeyOf;
use futures::future::BoxFuture;
use http_api::Answer;
use kernel::id::PersonId;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Leads,
    act::perform::{Command, by_person},
    lead::Action,
};

/// Who looks at a lead before it is closed, in the transaction that closes it.
pub trait Scrutineer: Send + Sync {
    /// Looks at the lead as it stands, and sets marks where something is not right.
    fn look<'a>(&'a self, connection: &'a mut PgConnection, key: &'a KeyOf) -> BoxFuture<'a, Answer<()>>;
}

impl Leads {
    /// Sets a mark against closing a lead. Nothing where it stands already.
    ///
    /// # Errors
    /// The database's.
    pub async fn hold_closing(&self, connection: &mut PgConnection, key: &KeyOf, mark: Uuid) -> sqlx::Result<()> {
        store::hold(connection, key, mark).await
    }

    /// Takes a mark away.
    ///
    /// # Errors
    /// The database's.
    pub async fn release_closing(&self, connection: &mut PgConnection, key: &KeyOf, mark: Uuid) -> sqlx::Result<()> {
        store::release(connection, key, mark).await
    }

    /// Sends a lead back to be fixed again in a person's name, in the caller's transaction, by the lead's own procedure.
    ///
    /// # Errors
    /// `action-refused` where it cannot be done as the lead stands.
    pub async fn send_back_to_fix(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        person: PersonId,
        role: Option<String>,
        reason: &str,
    ) -> Answer<()> {
        let command = Command::new(Action::Rework, json!({ "reason": reason }));
        by_person(self, connection, key, (person, role), command).await?;
        Ok(())
    }
}
