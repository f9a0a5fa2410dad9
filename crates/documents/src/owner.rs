//! Whose docket a document belongs to (文书所属的件): the room of that kind of docket says who may do what, and hears what was done.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use docket::{Header, KeyOf};
use http_api::Answer;
use identity::Caller;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;

/// What is done with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Know that it is there: its kind, state and number.
    See,
    /// Read what it says of whom.
    Read,
    /// Draft or change it.
    Write,
    /// Issue it.
    Issue,
    /// Void it.
    Void,
}

/// A document that was issued or voided, as its owner hears of it.
#[derive(Debug, Clone)]
pub struct Done {
    /// What was done.
    pub doing: Doing,
    /// The document.
    pub document: Uuid,
    /// Its kind, such as `D15`.
    pub kind: &'static str,
    /// Its number, if it has one.
    pub number: Option<String>,
    /// SHA-256 of the PDF, if it was issued.
    pub file: Option<String>,
    /// Why it was voided.
    pub reason: Option<String>,
}

/// A penalty decision that was served (已送达的处罚决定).
#[derive(Debug, Clone)]
pub struct ServedDecision {
    /// Its docket.
    pub docket: Uuid,
    /// The docket's number.
    pub number: String,
    /// What the docket is called.
    pub title: String,
    /// When its service was entered.
    pub entered_at: DateTime<Utc>,
}

/// The room of a kind of docket.
#[async_trait]
pub trait Owner: Send + Sync + 'static {
    /// The kind of docket, as its header names it.
    fn kind(&self) -> &'static str;

    /// The docket's header, if the caller may do this with its documents of a kind (nothing: with any of them).
    ///
    /// # Errors
    /// Not found where the docket is out of the caller's scope; a refusal with its reason where it is not allowed now.
    async fn allow(&self, caller: &Caller, docket: &KeyOf, doing: Doing, kind: Option<&str>) -> Answer<Header>;

    /// What the docket knows of a document of a kind that is about to be written, by the names of the fields of forms; a field that the kind
    /// does not take is left out. Telling who a person is, the docket's history says so.
    ///
    /// # Errors
    /// The database's.
    async fn known(&self, _caller: &Caller, _docket: &KeyOf, _kind: &str) -> Answer<Map<String, Value>> {
        Ok(Map::new())
    }

    /// What a docket knows without telling who anybody is, by the names of the fields of forms: what phrases are filled with.
    ///
    /// # Errors
    /// Not found where the docket is out of the caller's scope; the database's.
    async fn facts(&self, _caller: &Caller, _docket: &KeyOf) -> Answer<Map<String, Value>> {
        Ok(Map::new())
    }

    /// The penalty decisions whose service was entered in a span of time, of dockets within the caller's sight, the newest first, at most so many.
    ///
    /// # Errors
    /// The database's.
    async fn served_decisions(
        &self,
        _caller: &Caller,
        _from: DateTime<Utc>,
        _until: DateTime<Utc>,
        _most: i64,
    ) -> Answer<Vec<ServedDecision>> {
        Ok(Vec::new())
    }

    /// Compares what a document says with what the docket decided, before it is issued and in that transaction.
    ///
    /// # Errors
    /// A refusal that names each difference.
    async fn fits(&self, _connection: &mut PgConnection, _docket: &KeyOf, _kind: &str, _says: &Value) -> Answer<()> {
        Ok(())
    }

    /// Refuses a paper that is not the caller's to issue: of kinds with several papers one may be the officers' and another the head's.
    ///
    /// # Errors
    /// A refusal with its reason.
    async fn signs(&self, _caller: &Caller, _docket: &KeyOf, _kind: &str, _part: Option<&str>) -> Answer<()> {
        Ok(())
    }

    /// Hears what was done, in the same transaction: the place for the docket's history. Refusing takes everything back.
    ///
    /// # Errors
    /// A refusal.
    async fn hear(&self, connection: &mut PgConnection, caller: &Caller, docket: &KeyOf, done: &Done) -> Answer<()>;
}
