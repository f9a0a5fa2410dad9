//! What this room asks of rooms that it does not know: terminals of vehicles, and the organ that permits.

use async_trait::async_trait;
use http_api::Answer;

/// A terminal (车载终端) that is entered under a plate and its colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasteTerminal {
    /// The plate, as the terminal was entered with it.
    pub plate: String,
    /// Its colour by JT/T 415.
    pub colour: i16,
    /// The number of its vehicle in the tracks.
    pub track: i64,
    /// Its telephone number.
    pub phone: String,
    /// It came by itself: nobody entered it.
    pub visitor: bool,
}

/// The terminals of vehicles. The binary wires it to the gateway of JT/T 808.
#[async_trait]
pub trait WasteTerminals: Send + Sync {
    /// The active terminals that are entered under one of these plates and colours. Of one that has several the one entered last.
    ///
    /// # Errors
    /// The database's.
    async fn terminals(&self, plates: &[(String, i16)]) -> Answer<Vec<WasteTerminal>>;
}

/// The organ that permits (核准机关).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WasteOrgan {
    /// Its full name.
    pub name: String,
    /// The word that its numbers begin with (机关代字).
    pub word: String,
    /// Where it is, for the paper.
    pub address: String,
    /// Who reviews what it decides (行政复议机关).
    pub review_body: String,
    /// The court that hears suits against it.
    pub court: String,
}

/// What the organ says of itself. The binary wires it to the documents.
#[async_trait]
pub trait WasteOrgans: Send + Sync {
    /// The organ of a unit today; nothing where none is set.
    ///
    /// # Errors
    /// The database's.
    async fn organ_of(&self, unit: uuid::Uuid) -> Answer<Option<WasteOrgan>>;
}
