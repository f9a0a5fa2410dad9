//! A dossier is written on a thread that may wait for the disk; what belongs into it comes piece by piece.

use std::{fs::File, io, path::Path};

use bytes::Bytes;
use docket::ledger::{RootKey, TranscriptLine};
use dossier::{Packing, PartKind};
use kernel::problem::Problem;
use serde_json::Value;
use tokio::{sync::mpsc, task::JoinHandle};

/// Pieces that wait for the disk.
const WAITING: usize = 8;

/// What goes into the dossier next.
enum Next {
    Begin(PartKind, String, String),
    Bytes(Bytes),
    Finish(Last),
}

/// What a bundle ends with.
pub(crate) enum Last {
    /// What makes it a dossier.
    Signed(Box<Signed>),
    /// A list for people.
    Listing(String),
}

/// What a dossier ends with.
pub(crate) struct Signed {
    pub number: String,
    pub told: Value,
    pub ledger: Vec<TranscriptLine>,
    pub made_at: chrono::DateTime<chrono::Utc>,
    pub key: RootKey,
}

/// A dossier under way.
pub(crate) struct Desk {
    next: mpsc::Sender<Next>,
    written: JoinHandle<io::Result<Option<File>>>,
}

impl Desk {
    /// Begins one in a file without a name: it is gone when nobody holds it any more, also after a crash.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        let file = tempfile::tempfile_in(folder).map_err(|error| broken(&error))?;
        let (next, mut coming) = mpsc::channel(WAITING);
        let written = tokio::task::spawn_blocking(move || {
            let mut packing = Packing::new(file);
            while let Some(next) = coming.blocking_recv() {
                match next {
                    Next::Begin(kind, name, title) => packing.begin(kind, &name, &title)?,
                    Next::Bytes(bytes) => packing.write(&bytes)?,
                    Next::Finish(Last::Signed(last)) => {
                        return packing.finish(&last.number, last.told, &last.ledger, last.made_at, &last.key).map(Some);
                    }
                    Next::Finish(Last::Listing(listing)) => return packing.finish_listed(&listing).map(Some),
                }
            }
            // Whoever wanted it went away.
            Ok(None)
        });
        Ok(Self { next, written })
    }

    /// Begins a file of the dossier.
    pub async fn begin(&self, kind: PartKind, name: String, title: &str) {
        self.give(Next::Begin(kind, name, title.to_owned())).await;
    }

    /// Its next bytes.
    pub async fn write(&self, bytes: Bytes) {
        self.give(Next::Bytes(bytes)).await;
    }

    /// Ends the dossier and hands it over.
    pub async fn finish(self, last: Last) -> Result<File, Problem> {
        self.give(Next::Finish(last)).await;
        let written = self.written.await.map_err(io::Error::other).and_then(|written| written);
        let nothing = || io::Error::other("the dossier was not finished");
        written.and_then(|file| file.ok_or_else(nothing)).map_err(|error| broken(&error))
    }

    /// A writer that has stopped takes nothing more; [`Desk::finish`] says why.
    async fn give(&self, next: Next) {
        let _stopped = self.next.send(next).await;
    }
}

fn broken(error: &io::Error) -> Problem {
    tracing::error!(%error, "a dossier could not be written");
    Problem::unavailable("dossier-broken", "案卷暂时不能制作，请稍后重试")
}
