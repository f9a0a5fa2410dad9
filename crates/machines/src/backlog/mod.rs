//! The backlog (积压) of the room of machine sources: batches at the gate, sightings that wait for a person.

mod store;

use crate::Machines;

/// What the room still has before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Batches of events at the gate that wait for the next commit.
    pub at_the_gate: usize,
    /// Batches that may wait there before more are refused.
    pub gate: usize,
    /// Sightings (发现) that wait for a person, up to a hundred thousand.
    pub sightings: i64,
}

impl Machines {
    /// What waits now.
    ///
    /// # Errors
    /// The database's.
    pub async fn backlog(&self) -> sqlx::Result<Backlog> {
        let (at_the_gate, gate) = self.queue().waiting();
        Ok(Backlog { at_the_gate, gate, sightings: store::waiting(self.database().pool()).await? })
    }
}
