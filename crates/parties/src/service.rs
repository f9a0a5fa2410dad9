//! The room of the party's page as its operations see it.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use cases::{Cases, OpenedCase};
use database::Database;
use docket::{KeyOf, Numbers, vault::Vault};
use evidence::Evidence;
use files::Files;
use http_api::{Answer, rate::RateLimit};
use identity::{Caller, Identity};
use kernel::{clock::SharedClock, id::PersonId, problem::Problem};
use notify::{Notify, TellError};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Extras, Papers};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock of cases.
    pub clock: SharedClock,
    /// The clock on the wall: sessions and locks follow it, whatever time the demo has.
    pub wall: SharedClock,
    /// Names of officers.
    pub identity: Identity,
    /// What parties send and are shown.
    pub files: Files,
    /// Who parties are, and what they wrote.
    pub vault: Vault,
    /// The cases.
    pub cases: Cases,
    /// Where what is taken in goes.
    pub evidence: Evidence,
    /// Tells officers.
    pub notify: Notify,
    /// The documents.
    pub papers: Arc<dyn Papers>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Cookies travel over TLS alone.
    pub secure_cookies: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    entries: RateLimit,
    reads: RateLimit,
    sends: RateLimit<Uuid>,
    extras: OnceLock<Vec<Arc<dyn Extras>>>,
}

/// The room of the party's page. Cheap to clone.
#[derive(Clone)]
pub struct Parties(Arc<Inner>);

impl Parties {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let minute = Duration::from_secs(60);
        Self(Arc::new(Inner {
            numbers: Numbers::new(parts.database.clone()),
            // Who tries more than a person mistypes is guessing.
            entries: RateLimit::new(10, 10 * minute),
            reads: RateLimit::new(240, minute),
            // By code: a page sends a photo after the other.
            sends: RateLimit::new(60, 10 * minute),
            extras: OnceLock::new(),
            parts,
        }))
    }

    /// From now on these rooms tell parties something as well. Set once; later settings are ignored.
    pub fn also_tell(&self, extras: Vec<Arc<dyn Extras>>) {
        let _ = self.0.extras.set(extras);
    }

    pub(crate) fn extras(&self) -> &[Arc<dyn Extras>] {
        self.0.extras.get().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    pub(crate) fn entries(&self) -> &RateLimit {
        &self.0.entries
    }

    pub(crate) fn reads(&self) -> &RateLimit {
        &self.0.reads
    }

    pub(crate) fn sends(&self) -> &RateLimit<Uuid> {
        &self.0.sends
    }

    /// A case that the caller handles, for what only its officers do.
    pub(crate) async fn handled(&self, caller: &Caller, case: Uuid) -> Answer<OpenedCase> {
        let opened = self.0.parts.cases.opened(caller, case).await?;
        if !opened.officers.contains(&caller.person.uuid()) {
            return Err(Problem::forbidden("case-not-handled", "由本案的承办人办理").citing("行政处罚法第四十二条第一款").into());
        }
        Ok(opened)
    }

    /// Tells the officers of a case, in the caller's transaction.
    pub(crate) async fn tell_officers(&self, connection: &mut PgConnection, key: &KeyOf, title: &str) -> Answer<()> {
        let people = self.0.parts.cases.handlers_of(connection, key).await?;
        let people: Vec<PersonId> = people.into_iter().map(PersonId::from).collect();
        let told = self.0.parts.notify.tell(connection, &people, title, Some(key.id)).await;
        told.map_err(|error| match error {
            TellError::Sql(error) => error.into(),
            other => {
                tracing::warn!(error = %other, "officers could not be told");
                Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存").into()
            }
        })
    }
}
