//! The port to the room that keeps the requests: the binary wires it to leads.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http_api::ApiProblem;
use kernel::{
    personal::{PersonName, Telephone},
    position::Position,
};
use serde_json::Value;

/// A report on its way in.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// The same key again is the same request.
    pub key: String,
    /// The key that the same report had if it was sent just before; looked up first.
    pub earlier_key: Option<String>,
    /// The class, if a certain one was chosen.
    pub class_code: Option<String>,
    /// What is wrong, in words.
    pub description: String,
    /// Where.
    pub position: Option<Position>,
    /// Where, in words.
    pub address: Option<String>,
    /// The component, 17 digits.
    pub component_code: Option<String>,
    /// The reporter's name, for the vault.
    pub name: Option<PersonName>,
    /// The reporter's telephone, for the vault.
    pub telephone: Option<Telephone>,
    /// What the client said besides; never personal data.
    pub details: Value,
    /// The number under which another city refers it, where whoever sent it holds a key of ours.
    pub referred: Option<String>,
}

/// What becomes of a report.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The request's id, which people call the number; none yet where it was taken in without the database.
    pub id: Option<String>,
    /// The code to follow it by on the portal; the token that the id is asked by. None where it is a request that we had taken in from the
    /// city that refers it now: that one has its own reporter.
    pub tracking_code: Option<String>,
    /// It had been sent before.
    pub already_present: bool,
}

/// Which requests are asked for.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Made at this instant or later.
    pub from: DateTime<Utc>,
    /// Made at this instant or earlier.
    pub to: DateTime<Utc>,
    /// Of one of these classes; empty means any.
    pub classes: Vec<String>,
    /// Also those without a class, beside `classes`.
    pub unclassified: bool,
    /// Only open or only closed ones.
    pub open: Option<bool>,
    /// At most so many, the newest.
    pub most: i64,
}

/// A request as anybody may see it.
#[derive(Debug, Clone)]
pub struct ServiceRequest {
    /// Its id, which people call the number.
    pub id: String,
    /// Whether it still must be closed.
    pub open: bool,
    /// Where it stands, in the house's own words.
    pub notes: String,
    /// Why it stands there, in the words of whoever decided it.
    pub reply: Option<String>,
    /// The class code of its day.
    pub class_code: Option<String>,
    /// The reporter's words, if they are public.
    pub description: Option<String>,
    /// The responsible unit.
    pub agency: Option<String>,
    /// When it was made.
    pub requested: DateTime<Utc>,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// When it is to be fixed.
    pub expected: Option<DateTime<Utc>>,
    /// Where, in words.
    pub address: Option<String>,
    /// The unit grid, 15 digits.
    pub grid: Option<String>,
    /// Longitude and latitude, WGS-84 degrees.
    pub position: Option<(f64, f64)>,
}

/// Where requests are kept.
#[async_trait]
pub trait Requests: Send + Sync + 'static {
    /// Takes a report in; the answer comes when it is durable.
    async fn submit(&self, request: NewRequest) -> Result<Receipt, ApiProblem>;

    /// The requests of these ids, newest first; those that are not there are left out.
    async fn by_ids(&self, ids: &[String]) -> Result<Vec<ServiceRequest>, ApiProblem>;

    /// The requests that fit, newest first.
    async fn list(&self, filter: &Filter) -> Result<Vec<ServiceRequest>, ApiProblem>;

    /// The id of the request that a token stands for.
    async fn id_of_token(&self, token: &str) -> Result<Option<String>, ApiProblem>;
}
