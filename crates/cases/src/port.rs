//! What this room asks of whoever holds leads (线索端口): the binary wires it to the lead room.

use async_trait::async_trait;
use docket::KeyOf;
use http_api::ApiProblem;
use identity::Caller;
use sqlx::PgConnection;
use uuid::Uuid;

/// A lead that a case may come from: no words of its reporter, no names.
#[derive(Debug, Clone)]
pub struct LeadFacts {
    /// Its key.
    pub key: KeyOf,
    /// The number people call it by.
    pub number: String,
    /// The region in charge.
    pub jurisdiction: String,
    /// Where, longitude and latitude in WGS-84 degrees.
    pub position: Option<(f64, f64)>,
    /// Its photos, oldest first.
    pub photos: Vec<String>,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// Whoever holds leads.
#[async_trait]
pub trait LeadSource: Send + Sync + 'static {
    /// A lead that the caller may read; nothing if there is none, or not for him.
    ///
    /// # Errors
    /// The database's.
    async fn lead(&self, connection: &mut PgConnection, caller: &Caller, id: Uuid) -> Result<Option<LeadFacts>, ApiProblem>;
}
