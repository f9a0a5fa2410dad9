//! An event on its way out of the docket, and who takes it.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use kernel::id::DocketId;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

/// Something that happened to a docket (事件), as others hear it. It holds no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Grows with every event; what a consumer remembers to know one again.
    pub id: i64,
    /// What happened, e.g. `lead.filed`.
    pub topic: String,
    /// To which docket.
    pub docket_id: DocketId,
    /// The docket's home district.
    pub region: String,
    /// The ledger entry it came with.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The facts; `jurisdiction` (a region code) and `unit` say who may see it. `previous_unit` hears a last time of what it lost.
    pub payload: Value,
}

impl Event {
    /// The region code that decides who may see it.
    #[must_use]
    pub fn jurisdiction(&self) -> &str {
        self.payload.get("jurisdiction").and_then(Value::as_str).unwrap_or(&self.region)
    }

    /// The unit that holds the docket.
    #[must_use]
    pub fn unit(&self) -> Option<Uuid> {
        self.uuid("unit")
    }

    /// The unit that held it until now, where the event took it away.
    #[must_use]
    pub fn previous_unit(&self) -> Option<Uuid> {
        self.uuid("previous_unit")
    }

    fn uuid(&self, fact: &str) -> Option<Uuid> {
        self.payload.get(fact).and_then(Value::as_str).and_then(|id| id.parse().ok())
    }

    /// The event as a CloudEvent 1.0 in JSON.
    #[must_use]
    pub fn cloud_event(&self) -> Value {
        json!({
            "specversion": "1.0",
            "id": self.id.to_string(),
            "source": format!("urn:bihuan:{}", self.region),
            "type": self.topic,
            "subject": self.docket_id,
            "time": self.at,
            "sequence": self.seq,
            "datacontenttype": "application/json",
            "data": self.payload,
        })
    }
}

/// What a consumer answers. An error makes the event come again, later.
pub type Consumed = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// A room that wants to hear events, e.g. to decide who is to be notified.
///
/// It works in the relay's transaction: what it writes there is written exactly once. It does no work outside the database.
pub trait Consumer: Send + Sync + 'static {
    /// Its name, for the record of failures.
    fn name(&self) -> &'static str;

    /// Takes one event.
    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed>;
}
