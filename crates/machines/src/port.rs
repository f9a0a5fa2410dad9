//! What this room asks of whoever files leads (立线索端口).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http_api::ApiProblem;
use kernel::position::Position;
use serde_json::Value;
use uuid::Uuid;

/// A sighting that is to be a lead.
#[derive(Debug, Clone)]
pub struct ToFile {
    /// The sighting's id: filed twice, it is one lead.
    pub key: String,
    /// What is to be read of it.
    pub description: String,
    /// The class.
    pub class_code: String,
    /// Where.
    pub position: Option<Position>,
    /// Where, in words.
    pub address: Option<String>,
    /// Pictures that are kept here.
    pub photos: Vec<String>,
    /// Device, kind, model, confidence.
    pub details: Value,
    /// When it was first seen.
    pub seen_at: DateTime<Utc>,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// The lead that it became.
#[derive(Debug, Clone)]
pub struct Filed {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub number: String,
}

/// What became of a lead that a device no longer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// It is closed.
    Closed,
    /// A person goes on with it; why.
    Left(String),
}

/// Whoever files leads.
#[async_trait]
pub trait Desk: Send + Sync + 'static {
    /// Files a sighting; the same key again is the same lead.
    ///
    /// # Errors
    /// `intake-full`, `database-unavailable`: nothing was filed, it is tried again.
    async fn file(&self, sighting: ToFile) -> Result<Filed, ApiProblem>;

    /// Closes a lead whose unit replied and which the device no longer sees, as `seen` says.
    ///
    /// # Errors
    /// The database's: nothing was done, it is tried again.
    async fn close(&self, lead: Uuid, seen: &str) -> Result<Closing, ApiProblem>;
}
