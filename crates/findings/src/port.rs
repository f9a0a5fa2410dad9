//! What this room asks of whoever files leads (立线索端口).

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http_api::Answer;
use kernel::position::Position;
use serde_json::Value;
use uuid::Uuid;

/// A finding that is to be a lead.
#[derive(Debug, Clone)]
pub struct ToFile {
    /// Filed twice under it, it is one lead.
    pub key: String,
    /// What is to be read of it.
    pub description: String,
    /// The class.
    pub class_code: String,
    /// Where.
    pub position: Option<Position>,
    /// The picture of track and places, kept in the files.
    pub photos: Vec<String>,
    /// Rule, numbers, track, versions.
    pub details: Value,
    /// When it began.
    pub began_at: DateTime<Utc>,
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

/// Whoever files leads. The binary wires it.
#[async_trait]
pub trait Desk: Send + Sync + 'static {
    /// Files a finding; the same key again is the same lead.
    ///
    /// # Errors
    /// `intake-full`, `database-unavailable`: nothing was filed, it is tried again.
    async fn file(&self, finding: ToFile) -> Answer<Filed>;
}
