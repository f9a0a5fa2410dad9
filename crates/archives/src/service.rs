//! The room of archives as its operation sees it.

use std::{path::PathBuf, sync::Arc};

use database::Database;
use docket::ledger::RootKey;
use evidence::Evidence;
use files::Files;
use kernel::clock::SharedClock;
use tokio::sync::Semaphore;

use crate::CaseContents;

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Documents and recordings.
    pub files: Files,
    /// Evidence.
    pub evidence: Evidence,
    /// Signs what is made.
    pub key: RootKey,
    /// The folder where one is put together: on a disk that holds the largest.
    pub folder: PathBuf,
    /// Cases and their documents.
    pub cases: Arc<dyn CaseContents>,
}

/// The room of archives. Cheap to clone.
#[derive(Clone)]
pub struct Archives {
    pub(crate) parts: Arc<Parts>,
    /// One dossier is made at a time.
    pub(crate) seat: Arc<Semaphore>,
}

impl Archives {
    /// Puts the room together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), seat: Arc::new(Semaphore::new(1)) }
    }
}
