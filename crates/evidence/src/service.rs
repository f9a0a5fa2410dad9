//! The room of evidence as its operations see it.

use std::sync::Arc;

use database::Database;
use docket::{Actor, Change, KeyOf, NewEntry};
use files::Files;
use http_api::Answer;
use identity::{Caller, Identity};
use kernel::{clock::SharedClock, problem::Problem};
use serde_json::Value;
use sqlx::PgConnection;
use tokio::sync::Semaphore;

use crate::CaseFiles;

/// Items counted over at once: each reads up to 4 GiB.
const COUNTED_AT_ONCE: usize = 1;

struct Inner {
    database: Database,
    clock: SharedClock,
    identity: Identity,
    files: Files,
    cases: Arc<dyn CaseFiles>,
    counting: Semaphore,
}

/// The room of evidence. Cheap to clone.
#[derive(Clone)]
pub struct Evidence(Arc<Inner>);

impl Evidence {
    /// Puts the room together; `cases` says who may see and add what.
    #[must_use]
    pub fn new(database: Database, clock: SharedClock, identity: Identity, files: Files, cases: Arc<dyn CaseFiles>) -> Self {
        Self(Arc::new(Inner { database, clock, identity, files, cases, counting: Semaphore::new(COUNTED_AT_ONCE) }))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.identity
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn cases(&self) -> &dyn CaseFiles {
        &*self.0.cases
    }

    pub(crate) fn counting(&self) -> &Semaphore {
        &self.0.counting
    }

    /// Waits until nobody else makes this upload evidence.
    pub(crate) async fn hold_upload(&self, connection: &mut PgConnection, upload: uuid::Uuid) -> Answer<()> {
        database::advisory::lock_in_transaction(connection, &format!("evidence.upload.{upload}")).await.map_err(|error| {
            tracing::warn!(%error, "an upload could not be held");
            Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试")
        })?;
        Ok(())
    }

    /// Writes a line into the ledger of a case, in the caller's transaction, which then holds the case: what is added to it gets its number
    /// under this lock.
    pub(crate) async fn note(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        caller: &Caller,
        action: &'static str,
        payload: Value,
    ) -> Answer<()> {
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        let locked = docket::lock(connection, key, None).await?.ok_or_else(gone)??;
        let entry = NewEntry { actor: Actor::Person(caller.person), role: caller.roles.first().cloned(), action, place: None, payload };
        let change = Change { details: true, entries: vec![entry], ..Change::default() };
        locked.change(connection, self.clock().now(), change).await?;
        Ok(())
    }
}
