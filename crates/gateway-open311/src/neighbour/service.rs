//! The exchange with neighbours as its operations see it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use catalogue::Catalogue;
use database::Database;
use kernel::clock::SharedClock;
use notify::Outgoing;

use super::{Desk, store};

/// What the exchange stands on.
#[derive(Clone)]
pub struct ExchangeParts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Classes and places.
    pub catalogue: Catalogue,
    /// What leaves the house, and what seals keys.
    pub outgoing: Outgoing,
    /// The home district, 6 digits.
    pub home_region: String,
    /// Whoever keeps leads.
    pub desk: Arc<dyn Desk>,
}

struct Inner {
    parts: ExchangeParts,
    /// Whether any neighbour is set up and active, as last seen.
    any: AtomicBool,
}

/// The exchange with neighbour cities (邻市对接). Cheap to clone.
#[derive(Clone)]
pub struct Exchange(Arc<Inner>);

/// How often work is looked for.
const LOOK: Duration = Duration::from_secs(2);

impl Exchange {
    /// Puts it together.
    #[must_use]
    pub fn new(parts: ExchangeParts) -> Self {
        Self(Arc::new(Inner { parts, any: AtomicBool::new(false) }))
    }

    /// Sends, follows and takes in for as long as it is let. Cut off at any moment, what was not noted is done again.
    pub async fn work(&self) {
        loop {
            let busy = async { Ok::<_, http_api::ApiProblem>(self.send_due().await? + self.follow_due().await? + self.pull_due().await?) };
            match busy.await {
                Ok(0) => tokio::time::sleep(LOOK).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(code = error.problem().code, "the exchange with neighbours waits for the database");
                    tokio::time::sleep(LOOK * 5).await;
                }
            }
        }
    }

    /// Looks again whether there is any neighbour to refer to.
    ///
    /// # Errors
    /// The database's.
    pub async fn refresh(&self) -> Result<(), sqlx::Error> {
        let any = store::any(self.database().pool(), self.home_region()).await?;
        self.0.any.store(any, Ordering::Relaxed);
        Ok(())
    }

    /// Whether there is a neighbour to refer to, as last seen.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.any.load(Ordering::Relaxed)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.parts.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.parts.clock
    }

    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.0.parts.catalogue
    }

    pub(crate) fn outgoing(&self) -> &Outgoing {
        &self.0.parts.outgoing
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn desk(&self) -> &dyn Desk {
        &*self.0.parts.desk
    }
}
