//! Which vehicles' points are believed (有效终端), for rooms that judge what they say.

use crate::{Vehicles, terminal::store};

/// An active terminal with what it is entered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Believed {
    /// Its number here, which is its vehicle's in the tracks.
    pub id: i64,
    /// The plate; of a visitor what he says himself.
    pub plate: String,
    /// The plate's colour by JT/T 415.
    pub colour: i16,
    /// Whose table says what its own items mean.
    pub vendor: String,
    /// Nobody entered it.
    pub visitor: bool,
    /// Made by the city simulator.
    pub simulated: bool,
}

impl Vehicles {
    /// The active terminals, so many at most; of these numbers, where some are named.
    ///
    /// # Errors
    /// The database's.
    pub async fn believed(&self, ids: Option<&[i64]>, most: i64) -> sqlx::Result<Vec<Believed>> {
        let kept = store::believed(self.database().pool(), self.home_region(), ids, most).await?;
        let believed = |it: store::Kept| Believed {
            id: it.id,
            plate: it.plate,
            colour: it.colour,
            vendor: it.vendor,
            visitor: it.visitor,
            simulated: it.simulated,
        };
        Ok(kept.into_iter().map(believed).collect())
    }
}
