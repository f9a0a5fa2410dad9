//! The spool (暂存): reports that came in while the database was out of reach, each in a sealed file of its own until it is a lead.
//!
//! Invariants: what was answered as taken lies on the disk before the answer leaves; a file goes only after its lead is committed, and its
//! key and tracking code make that lead once however often it is tried; what cannot become a lead is put aside and shown, never dropped.
//! The reasons stand in ADR 0025.

mod drain;
mod entry;
mod folder;
mod store;

use std::{
    collections::BTreeMap,
    io,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::problem::Problem;
use tokio::sync::Notify;

use crate::{Leads, Received, Report, Source, tracking};
use entry::Entry;
use folder::Folder;

pub use folder::{Shelf, look};
pub(crate) use store::insert_alias;

/// So many reports may wait, those put aside among them: a day of a large city, and soon worked off.
const MOST_ENTRIES: usize = 10_000;
/// They may take so many bytes together.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// A database that has not taken a report after this long counts as out of reach. What it takes later after all is the same lead: the key and
/// the code are the same.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// What became of a report that may wait for the database.
#[derive(Debug, Clone)]
pub enum Taken {
    /// It is a lead.
    Kept(Received),
    /// It lies in the spool and becomes a lead when the database is back; the code will work then.
    Waiting {
        /// What it will be followed by.
        tracking_code: String,
    },
}

/// What the program knows of a file without opening it.
#[derive(Debug, Clone)]
struct Line {
    source: String,
    source_key: String,
    tracking_code: String,
    /// The digest of its words: the same key with other words is kept too.
    words: [u8; 32],
    bytes: u64,
}

#[derive(Default)]
struct Index {
    /// By the number of the file: the order they came in.
    waiting: BTreeMap<u64, Line>,
    bytes: u64,
    aside: usize,
}

/// The spool.
pub(crate) struct Spool {
    folder: Arc<Folder>,
    index: Mutex<Index>,
    next: AtomicU64,
    /// One file is written at a time, so that the bounds hold.
    turn: tokio::sync::Mutex<()>,
    away: AtomicBool,
    waker: Notify,
}

impl Spool {
    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The code that a report was promised which waits under this key.
    fn promised(&self, source: &str, key: &str) -> Option<String> {
        let index = self.index();
        index.waiting.values().find(|line| line.source_key == key && line.source == source).map(|line| line.tracking_code.clone())
    }

    fn holds_code(&self, code: &str) -> bool {
        self.index().waiting.values().any(|line| line.tracking_code == code)
    }

    fn first(&self) -> Option<u64> {
        self.after(None)
    }

    /// The report that came in next after this one.
    fn after(&self, last: Option<u64>) -> Option<u64> {
        let index = self.index();
        index.waiting.range(last.map_or(0, |last| last + 1)..).next().map(|(number, _)| *number)
    }

    fn found_away(&self) {
        if !self.away.swap(true, Ordering::SeqCst) {
            tracing::warn!("the database is out of reach; reports that may wait go into the spool");
        }
        self.waker.notify_one();
    }

    fn found_back(&self) {
        if self.away.swap(false, Ordering::SeqCst) {
            tracing::info!("the database is back");
        }
    }

    /// Keeps a report on the disk; answers the code that it may be followed by.
    async fn keep(&self, entry: Entry) -> Result<String, Problem> {
        let _turn = self.turn.lock().await;
        let line = entry.line();
        {
            let index = self.index();
            let same = |it: &&Line| it.source_key == line.source_key && it.source == line.source && it.words == line.words;
            if let Some(known) = index.waiting.values().find(same) {
                return Ok(known.tracking_code.clone());
            }
            if index.waiting.len() + index.aside >= MOST_ENTRIES || index.bytes >= MOST_BYTES {
                metrics::counter!("bihuan_reports_total", "outcome" => "refused").increment(1);
                return Err(Problem::unavailable("spool-full", "数据库暂时不可用，暂存的上报也已满，请稍后重试；您的内容还没有被保存"));
            }
        }
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let folder = self.folder.clone();
        // Once begun it is written to the end, also where the sender went away meanwhile.
        let written = tokio::task::spawn_blocking(move || folder.write(number, &entry)).await.map_err(io::Error::other).flatten();
        let bytes = written.map_err(|error| {
            tracing::error!(%error, "a report could not be put into the spool");
            Problem::unavailable("database-unavailable", "数据库暂时不可用，请稍后重试；您的内容没有被保存")
        })?;
        let code = line.tracking_code.clone();
        let mut index = self.index();
        index.bytes += bytes;
        index.waiting.insert(number, Line { bytes, ..line });
        drop(index);
        metrics::counter!("bihuan_reports_total", "outcome" => "spooled").increment(1);
        self.waker.notify_one();
        Ok(code)
    }

    fn forget(&self, number: u64, put_aside: bool) {
        let mut index = self.index();
        if let Some(line) = index.waiting.remove(&number) {
            if put_aside {
                index.aside += 1;
            } else {
                index.bytes = index.bytes.saturating_sub(line.bytes);
            }
        }
    }
}

/// What is said of a code whose report waits in the spool.
pub(crate) fn waiting() -> Problem {
    Problem::unavailable("report-waiting", "您的上报已经收下并保存，系统恢复后即可查询，不用再报一次")
}

impl Leads {
    /// Keeps reports in this folder from now on while the database is out of reach; without one they are refused then. Where another program
    /// works on the folder already, it is left to that one.
    ///
    /// # Errors
    /// The disk's.
    pub fn spool_in(&self, folder: &Path) -> io::Result<()> {
        let Some(folder) = Folder::open(folder, self.vault().clone())? else {
            tracing::warn!("another program keeps the spool; reports are refused here while the database is out of reach");
            return Ok(());
        };
        let found = folder.read_all()?;
        let bytes = found.waiting.iter().map(|(_, line)| line.bytes).sum::<u64>() + found.aside_bytes;
        let next = found.last.map_or(1, |last| last + 1);
        if !found.waiting.is_empty() {
            tracing::info!(reports = found.waiting.len(), "reports wait in the spool");
        }
        let spool = Spool {
            folder: Arc::new(folder),
            index: Mutex::new(Index { waiting: found.waiting.into_iter().collect(), bytes, aside: found.aside }),
            next: AtomicU64::new(next),
            turn: tokio::sync::Mutex::new(()),
            away: AtomicBool::new(false),
            waker: Notify::new(),
        };
        self.set_spool(spool);
        Ok(())
    }

    /// Takes a report in as [`Leads::receive`] does, or into the spool while the database is out of reach. For senders who would lose it.
    ///
    /// # Errors
    /// `intake-full`; `spool-full` and `database-unavailable` when nothing was kept.
    pub async fn take_in(&self, report: Report) -> Result<Taken, Problem> {
        let Some(spool) = self.spool() else { return self.receive(report).await.map(Taken::Kept) };
        // The code is made before the database is asked: whichever way the report takes, it is the one that works.
        let code = self.promised(&report.source, &report.source_key).unwrap_or_else(tracking::new_code);
        if !spool.away.load(Ordering::SeqCst) {
            match tokio::time::timeout(PATIENCE, self.receive_under(report.clone(), Some(code.clone()))).await {
                Ok(Err(problem)) if problem.code == "database-unavailable" => {}
                Ok(settled) => return settled.map(Taken::Kept),
                Err(_) => {}
            }
            spool.found_away();
        }
        spool.keep(Entry::of(report, code, self.clock().now())).await.map(|tracking_code| Taken::Waiting { tracking_code })
    }

    /// Notes that the database did not answer: until it is seen back, nobody waits for it again.
    pub(crate) fn found_away(&self) {
        if let Some(spool) = self.spool() {
            spool.found_away();
        }
    }

    /// The code that a report was promised which waits in the spool under this key.
    pub(crate) fn promised(&self, source: &Source, key: &str) -> Option<String> {
        self.spool()?.promised(source.code(), key)
    }

    /// Whether a code belongs to a report that waits in the spool.
    pub(crate) fn is_spooled(&self, code: &str) -> bool {
        self.spool().is_some_and(|spool| spool.holds_code(code))
    }

    /// What lies in the spool: reports that wait, reports put aside, and their bytes.
    #[must_use]
    pub fn in_the_spool(&self) -> (usize, usize, u64) {
        self.spool().map_or((0, 0, 0), |spool| {
            let index = spool.index();
            (index.waiting.len(), index.aside, index.bytes)
        })
    }

    /// Whether the database was found out of reach and nobody has seen it back: who asks it now waits in vain.
    pub(crate) fn database_is_away(&self) -> bool {
        self.spool().is_some_and(|spool| spool.away.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use docket::vault::Vault;
    use serde_json::json;

    use super::*;

    fn spool(at: &Path) -> Spool {
        let folder = Folder::open(&at.join("spool"), Vault::open(&at.join("keys")).unwrap()).unwrap().expect("nobody else has it");
        Spool {
            folder: Arc::new(folder),
            index: Mutex::default(),
            next: AtomicU64::new(1),
            turn: tokio::sync::Mutex::default(),
            away: AtomicBool::new(true),
            waker: Notify::new(),
        }
    }

    fn entry(key: &str, words: &str) -> Entry {
        let report = Report {
            source: Source::PORTAL,
            source_key: key.to_owned(),
            description: words.to_owned(),
            position: None,
            address: None,
            class_code: None,
            component_code: None,
            name: None,
            telephone: None,
            telephone_verified: false,
            person: None,
            role: None,
            photos: Vec::new(),
            details: json!({}),
            occurred_at: None,
            simulated: false,
        };
        Entry::of(report, tracking::new_code(), chrono::DateTime::UNIX_EPOCH)
    }

    #[tokio::test]
    async fn a_full_spool_says_so_and_the_same_report_is_kept_once() {
        let folder = tempfile::tempdir().unwrap();
        let spool = spool(folder.path());
        let code = spool.keep(entry("a", "垃圾")).await.unwrap();
        assert_eq!(spool.keep(entry("a", "垃圾")).await.unwrap(), code);
        assert_eq!(spool.promised("portal", "a"), Some(code));
        spool.keep(entry("a", "别的话")).await.unwrap();
        assert_eq!(spool.index().waiting.len(), 2, "other words are not lost");
        spool.index().aside = MOST_ENTRIES - 2;
        assert_eq!(spool.keep(entry("b", "垃圾")).await.unwrap_err().code, "spool-full");
        spool.index().aside = 0;
        spool.index().bytes = MOST_BYTES;
        assert_eq!(spool.keep(entry("b", "垃圾")).await.unwrap_err().code, "spool-full");
        assert_eq!(spool.folder.read_all().unwrap().waiting.len(), 2);
    }

    #[tokio::test]
    async fn a_file_that_was_moved_or_altered_is_put_aside_and_a_second_program_gets_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let spool = spool(folder.path());
        spool.keep(entry("a", "垃圾")).await.unwrap();
        spool.keep(entry("b", "垃圾")).await.unwrap();
        let at = |number: u64| folder.path().join(format!("spool/{number:020}.report"));
        std::fs::rename(at(2), at(7)).unwrap();
        let found = spool.folder.read_all().unwrap();
        assert_eq!((found.waiting.len(), found.aside, found.last), (1, 1, Some(7)));
        let vault = Vault::open(&folder.path().join("keys")).unwrap();
        assert!(Folder::open(&folder.path().join("spool"), vault).unwrap().is_none());
    }
}
