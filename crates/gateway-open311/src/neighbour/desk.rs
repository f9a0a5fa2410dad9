//! The port to the room that keeps leads (转办端口): the binary wires it.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http_api::Answer;
use kernel::position::Position;
use serde_json::Value;
use uuid::Uuid;

/// A lead that is to be referred, as a neighbour may read it.
#[derive(Debug, Clone)]
pub struct Outward {
    /// Our number.
    pub number: String,
    /// The class code, if there is one.
    pub class_code: Option<String>,
    /// What is wrong, without numbers of persons.
    pub description: String,
    /// The place in words.
    pub address: Option<String>,
    /// Longitude and latitude, WGS-84 degrees.
    pub position: Option<(f64, f64)>,
    /// Why it is theirs.
    pub reason: String,
}

/// What goes to a neighbour.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What people call it.
    pub name: String,
    /// The fields of the request, an object of texts.
    pub request: Value,
}

/// A request of a neighbour that lies on our ground (邻市转来).
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The neighbour and its number: taken in twice, it is one lead.
    pub key: String,
    /// What is wrong.
    pub description: String,
    /// The class, where the neighbour's service is one of ours.
    pub class_code: Option<String>,
    /// Where.
    pub position: Position,
    /// Where, in words.
    pub address: Option<String>,
    /// The neighbour, its number, its service.
    pub details: Value,
    /// When it was made there.
    pub requested: Option<DateTime<Utc>>,
}

/// A referral that is to be sent.
#[derive(Debug, Clone)]
pub struct ToSend {
    /// The key of a repetition.
    pub id: Uuid,
    /// The neighbour's code.
    pub neighbour: String,
    /// The fields of the request.
    pub request: Value,
}

/// Whether a referral may leave now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It was taken back, or is over.
    TakenBack,
    /// It never left before.
    First,
    /// It left at this time, and nobody knows whether it arrived.
    Again(DateTime<Utc>),
}

/// A referral that is to be asked for.
#[derive(Debug, Clone)]
pub struct ToFollow {
    /// The referral.
    pub id: Uuid,
    /// The neighbour's code.
    pub neighbour: String,
    /// The neighbour's number.
    pub remote_id: Option<String>,
    /// What to ask for the number with.
    pub token: Option<String>,
}

/// How a request stands at a neighbour's.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// It is not over.
    pub open: bool,
    /// Where it stands and why.
    pub notes: Option<String>,
    /// Who has it.
    pub agency: Option<String>,
    /// When it is to be done.
    pub expected: Option<DateTime<Utc>>,
    /// When it changed last.
    pub updated: Option<DateTime<Utc>>,
}

/// Whoever keeps leads and their referrals.
#[async_trait]
pub trait Desk: Send + Sync + 'static {
    /// Takes a neighbour's request in; false when it is here already.
    async fn take_in(&self, incoming: Incoming) -> Answer<bool>;

    /// Which of these numbers are of referrals that we sent there ourselves.
    async fn referred_as(&self, neighbour: &str, ids: &[String]) -> Answer<Vec<String>>;

    /// Referrals that are due to be sent, for two minutes this caller's.
    async fn to_send(&self, most: i64) -> Answer<Vec<ToSend>>;

    /// Which of these numbers of ours are of leads that we referred to this neighbour.
    async fn referred(&self, neighbour: &str, numbers: &[String]) -> Answer<Vec<String>>;

    /// Which of these numbers of neighbours are of leads that they referred to us.
    async fn referred_here(&self, ids: &[String]) -> Answer<Vec<String>>;

    /// Asked right before a referral leaves; from then on it counts as sent out, until the contrary is certain.
    async fn turn(&self, id: Uuid) -> Answer<Turn>;

    /// It was taken, and got a number or a token.
    async fn sent(&self, id: Uuid, remote_id: Option<&str>, token: Option<&str>) -> Answer<()>;

    /// It was refused for good.
    async fn refused(&self, id: Uuid, why: &str) -> Answer<()>;

    /// It could not be sent now, and certainly did not arrive.
    async fn failed(&self, id: Uuid, why: &str) -> Answer<()>;

    /// It may have arrived: the answer was lost.
    async fn lost(&self, id: Uuid, why: &str) -> Answer<()>;

    /// Referrals that are due to be asked for, for two minutes this caller's.
    async fn to_follow(&self, most: i64) -> Answer<Vec<ToFollow>>;

    /// The token became this number.
    async fn numbered(&self, id: Uuid, remote_id: &str, next_at: DateTime<Utc>) -> Answer<()>;

    /// It could not be asked for.
    async fn unseen(&self, id: Uuid, why: &str, next_at: DateTime<Utc>) -> Answer<()>;

    /// How it stands.
    async fn seen(&self, id: Uuid, standing: Standing, next_at: DateTime<Utc>) -> Answer<()>;
}
