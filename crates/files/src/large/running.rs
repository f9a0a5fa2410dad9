//! Hashes of uploads between their pieces, so that bytes are read once, when they arrive.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use uuid::Uuid;

use super::digest::Digests;

/// So many uploads may pause at once and still go on with their hashes; who is beyond is hashed from the disk in the end.
const MOST: usize = 256;

/// The hashes of unfinished uploads on this node.
#[derive(Debug, Clone, Default)]
pub(crate) struct RunningHashes(Arc<Mutex<HashMap<Uuid, Digests>>>);

impl RunningHashes {
    /// Takes the hashes of an upload out, where they cover exactly what has arrived.
    pub fn take(&self, upload: Uuid, arrived: u64) -> Option<Digests> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(&upload).filter(|digests| digests.covered == arrived)
    }

    /// Keeps them for the next piece.
    pub fn keep(&self, upload: Uuid, digests: Digests) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.len() < MOST {
            running.insert(upload, digests);
        }
    }

    /// Forgets an upload that was given up.
    pub fn forget(&self, upload: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&upload);
    }
}
