//! Correcting, erasing and giving out what is kept of a reporter, in the caller's transaction, each with its line in the ledger.

use chrono::{DateTime, Utc};
use docket::{Actor, Change, Event, KeyOf, Locked, NewEntry, ledger::payload};
use http_api::Answer;
use kernel::{
    id::SubjectId,
    personal::{PersonName, Telephone},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::{
    Leads,
    act::{self, not_found},
    events::{self, Changed},
    intake::TELEPHONE_VERIFIED,
    lead::store,
};

impl Leads {
    /// Erases name and telephone of a lead's reporter; answers the subject, or nothing where there was none or no longer. Once it is
    /// committed, [`Leads::outlast_backups`] keeps it so.
    ///
    /// # Errors
    /// `lead-not-found`, the database's.
    pub async fn erase_reporter_of(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        by: (Actor, Option<String>),
        reason: &str,
        now: DateTime<Utc>,
    ) -> Answer<Option<SubjectId>> {
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        act::erase(self, connection, locked, by.0, by.1, Some(reason), now).await
    }

    /// Puts the erased on the list beside the master key, after the commit.
    pub async fn outlast_backups(&self, region: &str, subjects: &[SubjectId], now: DateTime<Utc>) {
        act::outlast_backups(self, region, subjects, now).await;
    }

    /// Corrects name or telephone of a lead's reporter; `false` where none is kept. The values go into the vault alone.
    ///
    /// # Errors
    /// `lead-not-found`, `vault-unreadable`, the database's.
    pub async fn correct_reporter_of(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        by: (Actor, Option<String>),
        wanted: (Option<&PersonName>, Option<&Telephone>),
        now: DateTime<Utc>,
    ) -> Answer<bool> {
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        let record = store::record(connection, &key.region, key.id.uuid()).await?.ok_or_else(not_found)?;
        let Some(subject) = record.reporter_subject.map(SubjectId::from) else { return Ok(false) };
        let fields: Vec<(&str, &str)> =
            [wanted.0.map(|name| ("name", name.expose())), wanted.1.map(|telephone| ("telephone", telephone.expose()))]
                .into_iter()
                .flatten()
                .collect();
        if !self.vault().correct(connection, &key.region, subject, &fields).await?? {
            return Ok(false);
        }
        if wanted.1.is_some() {
            // Another number: the code had gone to the old one.
            self.vault().drop_field(connection, &key.region, subject, TELEPHONE_VERIFIED).await?;
        }
        let named: Vec<&str> = fields.iter().map(|(field, _)| *field).collect();
        let said = payload([("subject", json!(subject)), ("fields", json!(named))]);
        note(connection, locked, by, ("correct-reporter", said), now).await?;
        Ok(true)
    }

    /// Notes that a copy of what is kept was given out, under the number of the request.
    ///
    /// # Errors
    /// `lead-not-found`, the database's.
    pub async fn note_copy_of(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        by: (Actor, Option<String>),
        request: &str,
        now: DateTime<Utc>,
    ) -> Answer<()> {
        let locked = docket::lock(connection, key, None).await?.ok_or_else(not_found)??;
        note(connection, locked, by, ("copy-reporter", json!({ "request": request })), now).await
    }
}

async fn note(
    connection: &mut PgConnection,
    locked: Locked,
    by: (Actor, Option<String>),
    what: (&'static str, Value),
    now: DateTime<Utc>,
) -> Answer<()> {
    let entry = NewEntry { actor: by.0, role: by.1, action: what.0, place: None, payload: what.1 };
    let mut change = Change { entries: vec![entry], ..Change::default() };
    let told = Changed::from(&locked.header, &locked.after(now, &change)).payload(what.0);
    change.events.push(Event { topic: events::CHANGED, payload: told });
    locked.change(connection, now, change).await?;
    Ok(())
}
