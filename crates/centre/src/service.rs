//! The room of the centre as its operations see it.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use database::Database;
use docket::{Actor, Change, Event, KeyOf, NewEntry, Numbers, vault::Vault};
use http_api::Answer;
use identity::{Caller, Identity};
use kernel::{
    clock::{SharedClock, shanghai},
    id::{DocketId, PersonId},
    problem::Problem,
};
use notify::{Notify, TellError};
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{CentreCases, CentreEvidence};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Names of people.
    pub identity: Identity,
    /// Telling the others.
    pub notify: Notify,
    /// Who was questioned.
    pub vault: Vault,
    /// The cases that sessions and volumes belong to.
    pub cases: Arc<dyn CentreCases>,
    /// The recordings.
    pub evidence: Arc<dyn CentreEvidence>,
    /// The home district, 6 digits.
    pub home_region: String,
    /// The demo city: everything is simulated.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
}

/// The room of the centre. Cheap to clone.
#[derive(Clone)]
pub struct Centre(Arc<Inner>);

/// A person of the house (人员).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CentrePerson {
    pub id: Uuid,
    pub name: String,
}

/// The names of some people, asked for once.
pub(crate) struct Names(HashMap<Uuid, String>);

impl Names {
    pub fn person(&self, id: Uuid) -> CentrePerson {
        CentrePerson { id, name: self.0.get(&id).cloned().unwrap_or_default() }
    }

    pub fn people(&self, ids: &[Uuid]) -> Vec<CentrePerson> {
        ids.iter().map(|id| self.person(*id)).collect()
    }
}

/// What of the facts stays in the ledger of the case: what people wrote, and where the vault has somebody.
const KEPT_INSIDE: [&str; 2] = ["reason", "subject"];

/// What others are told of what the ledger of a case keeps.
fn told_outside(facts: &Value) -> serde_json::Map<String, Value> {
    let facts = facts.as_object().cloned().unwrap_or_default();
    facts.into_iter().filter(|(name, _)| !KEPT_INSIDE.contains(&name.as_str())).collect()
}

/// What a case's ledger and the others hear: a verb of the ledger, a topic, and facts without personal data.
pub(crate) struct Told {
    pub action: &'static str,
    /// Nothing where it concerns the ledger alone.
    pub topic: Option<&'static str>,
    pub facts: Value,
}

impl Centre {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { numbers: Numbers::new(parts.database.clone()), parts }))
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn cases(&self) -> &dyn CentreCases {
        &*self.0.parts.cases
    }

    pub(crate) fn evidence(&self) -> &dyn CentreEvidence {
        &*self.0.parts.evidence
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.0.parts.demo
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.parts.clock.now()
    }

    /// Today in the city.
    pub(crate) fn today(&self) -> NaiveDate {
        self.now().with_timezone(&shanghai()).date_naive()
    }

    /// The names of some people, over a connection of its own: nobody holds two.
    pub(crate) async fn names(&self, people: impl IntoIterator<Item = Uuid>) -> Answer<Names> {
        let mut people: Vec<Uuid> = people.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        Ok(Names(self.identity().names_of(&people).await?))
    }

    /// The next code of a label that begins with these letters.
    pub(crate) async fn code(&self, head: &'static str) -> Answer<String> {
        let kind = if head == "DA" { "centre-volume" } else { "centre-device" };
        let number = self.0.numbers.next(self.home_region(), kind, self.now()).await?;
        Ok(kernel::label::code_of(head, &number).ok_or_else(|| Problem::internal("code-unmade", "标签编码用完了，请联系管理员"))?)
    }

    /// Writes a line into the ledger of a case and tells the others of it, in the caller's transaction, which then holds the case. What
    /// people decide on in the case stays as it is, and so does its version.
    pub(crate) async fn note(&self, connection: &mut PgConnection, key: &KeyOf, caller: Option<&Caller>, told: Told) -> Answer<()> {
        let gone = || Problem::not_found("case-not-found", "没有这个案件，或者不在您的查看范围内");
        let locked = docket::lock(connection, key, None).await?.ok_or_else(gone)??;
        let entry = NewEntry {
            actor: caller.map_or(Actor::System("centre"), |caller| Actor::Person(caller.person)),
            role: caller.and_then(|caller| caller.roles.first().cloned()),
            action: told.action,
            place: None,
            payload: told.facts.clone(),
        };
        let mut payload = told_outside(&told.facts);
        payload.insert("jurisdiction".to_owned(), json!(locked.header.jurisdiction));
        payload.insert("unit".to_owned(), json!(locked.header.unit));
        payload.insert("number".to_owned(), json!(locked.header.number));
        let events = told.topic.map(|topic| Event { topic, payload: Value::Object(payload) }).into_iter().collect();
        locked.change(connection, self.now(), Change { entries: vec![entry], events, ..Change::default() }).await?;
        Ok(())
    }

    /// Tells people, in the caller's transaction.
    pub(crate) async fn tell(&self, connection: &mut PgConnection, people: &[Uuid], title: &str, docket: Option<Uuid>) -> Answer<()> {
        let people: Vec<PersonId> = people.iter().copied().map(PersonId::from).collect();
        let told = self.0.parts.notify.tell(connection, &people, title, docket.map(DocketId::from)).await;
        told.map_err(|error| match error {
            TellError::Sql(error) => error.into(),
            other @ TellError::Database(_) => {
                tracing::warn!(error = %other, "people could not be told");
                Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存").into()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_and_who_it_was_stays_in_the_ledger() {
        let told = told_outside(&json!({ "session": 1, "state": "cancelled", "reason": "当事人住院", "subject": 2 }));
        assert_eq!(Value::Object(told), json!({ "session": 1, "state": "cancelled" }));
    }
}
