//! The room of publication as its operations see it.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use database::Database;
use docket::{Actor, Change, KeyOf, Locked, NewEntry};
use http_api::{Answer, rate::RateLimit};
use identity::{Caller, Identity, Scope};
use kernel::{
    calendar::Calendar,
    clock::{SharedClock, shanghai},
    deadline::statutory::{due, rule},
    problem::Problem,
};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Decisions, Live,
    decision::{no_publication, store, store::PublicationRow},
    scope::covers,
};

/// The light turns yellow after this share of the time, in percent.
const WARN: u8 = 80;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Who holds cases.
    pub decisions: Arc<dyn Decisions>,
    /// What lists that are public in advance are made from.
    pub live: Arc<dyn Live>,
}

struct Inner {
    parts: Parts,
    reads: RateLimit,
    takes: RateLimit,
}

/// The room of publication. Cheap to clone.
#[derive(Clone)]
pub struct Publications(Arc<Inner>);

impl Publications {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let minute = Duration::from_secs(60);
        // Whoever reads faster than people do takes the file, and that a few times.
        Self(Arc::new(Inner { reads: RateLimit::new(120, minute), takes: RateLimit::new(10, 10 * minute), parts }))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn calendar(&self) -> &Calendar {
        &self.0.parts.calendar
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn decisions(&self) -> &dyn Decisions {
        &*self.0.parts.decisions
    }

    pub(crate) fn live(&self) -> &dyn Live {
        &*self.0.parts.live
    }

    pub(crate) fn reads(&self) -> &RateLimit {
        &self.0.reads
    }

    pub(crate) fn takes(&self) -> &RateLimit {
        &self.0.takes
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.clock().now().with_timezone(&shanghai()).date_naive()
    }

    /// When a period of the table of deadlines ends that begins at an instant, and when its light turns yellow.
    pub(crate) fn period(&self, id: &'static str, from: DateTime<Utc>) -> Result<(DateTime<Utc>, DateTime<Utc>), Problem> {
        let rule = rule(id).ok_or_else(|| Problem::internal("rule-missing", "缺少期限，请联系管理员"))?;
        Ok(self.ends(rule.period, from))
    }

    pub(crate) fn ends(&self, period: kernel::deadline::statutory::Period, from: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
        let deadline = due(self.calendar(), period, from);
        (deadline.due_at.with_timezone(&Utc), deadline.warn_at(from, WARN))
    }

    /// Holds the case of a publication and then the publication itself, for a caller who may see it and saw it as it stands.
    ///
    /// # Errors
    /// `publication-not-found`, `version-conflict`.
    pub(crate) async fn hold(
        &self,
        connection: &mut PgConnection,
        scope: &Scope,
        id: Uuid,
        seen: Option<i32>,
    ) -> Answer<(Locked, PublicationRow)> {
        let key = store::key_of(&mut *connection, id).await?.ok_or_else(no_publication)?;
        let locked = docket::lock(connection, &key, None).await?.ok_or_else(no_publication)??;
        if !covers(scope, &locked.header) {
            return Err(no_publication().into());
        }
        let row = store::held(connection, id).await?.ok_or_else(no_publication)?;
        if seen.is_some_and(|version| version != row.version) {
            let why = "公开内容已被他人更新，请刷新后在最新内容上重新操作";
            return Err(Problem::precondition_failed("version-conflict", why).into());
        }
        Ok((locked, row))
    }

    /// Writes a line into the ledger of a case that this transaction may hold already.
    pub(crate) async fn note(
        &self,
        connection: &mut PgConnection,
        key: &KeyOf,
        caller: Option<&Caller>,
        action: &'static str,
        payload: Value,
    ) -> Answer<()> {
        let Some(locked) = docket::lock(connection, key, None).await? else { return Ok(()) };
        let entry = NewEntry {
            actor: caller.map_or(Actor::System("publication"), |caller| Actor::Person(caller.person)),
            role: caller.and_then(|caller| caller.roles.first().cloned()),
            action,
            place: None,
            payload,
        };
        locked?.change(connection, self.clock().now(), Change { details: true, entries: vec![entry], ..Change::default() }).await?;
        Ok(())
    }
}
