//! What this room asks of those who hold matters, people and procedures, for the lists that are public in advance (清单来源).

use async_trait::async_trait;
use http_api::Answer;
use uuid::Uuid;

use crate::disclosure::{DisclosureKind, Lines};

/// An officer as the public may read him (执法人员).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveOfficer {
    /// The name.
    pub name: String,
    /// The organisation's name.
    pub organisation: String,
}

/// Whoever holds them.
#[async_trait]
pub trait Live: Send + Sync + 'static {
    /// The lines of a list as the house holds them now; nothing for a list that is written by hand.
    ///
    /// # Errors
    /// The database's.
    async fn lines(&self, kind: DisclosureKind) -> Answer<Lines>;

    /// An active person.
    ///
    /// # Errors
    /// The database's.
    async fn officer(&self, person: Uuid) -> Answer<Option<LiveOfficer>>;

    /// The demo city.
    fn is_simulated(&self) -> bool;
}
