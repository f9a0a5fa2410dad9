//! Papers of a case are read by who does not handle it (查阅案卷): with the right to see parties, and the ledger says so.

use docket::{Actor, Change, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use identity::{Allowed, Caller};
use serde_json::json;

use super::not_found;
use crate::{Cases, rights};

impl Cases {
    /// Writes down that a caller who does not handle the case reads one of its documents, which name the party.
    ///
    /// # Errors
    /// `forbidden` without the right to see parties; `case-not-found`; the database's.
    pub async fn read_by(&self, caller: &Caller, docket: &KeyOf, kind: Option<&str>) -> Answer<()> {
        let _allowed = Allowed::<rights::RevealParties>::check(caller.clone())?;
        let mut transaction = self.database().pool().begin().await?;
        let locked = docket::lock(&mut transaction, docket, None).await?.ok_or_else(not_found)??;
        let entry = NewEntry {
            actor: Actor::Person(caller.person),
            role: caller.roles.first().cloned(),
            action: "reveal",
            place: None,
            payload: payload([("reason", json!("查阅文书")), ("document", json!(kind))]),
        };
        locked.change(&mut transaction, self.clock().now(), Change { entries: vec![entry], ..Change::default() }).await?;
        transaction.commit().await?;
        Ok(())
    }
}
