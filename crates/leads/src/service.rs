//! The lead room as its operations see it: what it stands on, put together once.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use catalogue::Catalogue;
use database::Database;
use docket::{Numbers, ledger::RootKey, vault::Vault};
use files::Files;
use http_api::{Answer, rate::RateLimit};
use identity::Identity;
use kernel::{
    calendar::Calendar,
    clock::SharedClock,
    problem::{Problem, ProblemKind},
};
use uuid::Uuid;

use crate::{
    class_model,
    holds::Scrutineer,
    intake::{self, IntakeQueue},
    likeness,
    public::consent::Notices,
    referral::Neighbours,
    settings::Cached,
    spool::{PATIENCE, Spool},
    text_code::TextMessages,
    wall,
};

/// What the room stands on.
#[derive(Clone)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: SharedClock,
    /// Classes, places, limits.
    pub catalogue: Catalogue,
    /// People and units.
    pub identity: Identity,
    /// Photos.
    pub files: Files,
    /// Personal data.
    pub vault: Vault,
    /// Working days.
    pub calendar: Arc<Calendar>,
    /// The home district of new dockets, 6 digits.
    pub home_region: String,
    /// What answers to other systems are sent by.
    pub outgoing: notify::Outgoing,
    /// Whether one person may report and check the same lead.
    pub reporter_may_check: bool,
    /// This is the demo city.
    pub demo: bool,
}

struct Inner {
    parts: Parts,
    numbers: Numbers,
    queue: IntakeQueue,
    settings: Cached,
    unit_calendars: RwLock<Arc<HashMap<Uuid, Calendar>>>,
    class_models: class_model::Held,
    report_rate: RateLimit,
    follow_rate: RateLimit,
    photo_rate: RateLimit,
    erase_rate: RateLimit,
    erase_rate_of_report: RateLimit<String>,
    imports: OnceLock<PathBuf>,
    import_waker: tokio::sync::Notify,
    wall: wall::Cache,
    rarity: likeness::rarity::Cache,
    scrutineer: OnceLock<Arc<dyn Scrutineer>>,
    neighbours: OnceLock<Arc<dyn Neighbours>>,
    receipt_key: OnceLock<RootKey>,
    notices: OnceLock<Arc<dyn Notices>>,
    newest_notice: AtomicI64,
    spool: OnceLock<Spool>,
    text_messages: OnceLock<Arc<dyn TextMessages>>,
    text_code_rate: RateLimit,
}

/// The lead room.
#[derive(Clone)]
pub struct Leads(Arc<Inner>);

impl Leads {
    /// Puts the room together and starts its intake writers, which end when the last handle is gone.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let (queue, waiting) = IntakeQueue::new();
        let minute = std::time::Duration::from_secs(60);
        let leads = Self(Arc::new(Inner {
            numbers: Numbers::new(parts.database.clone()),
            settings: Cached::new(parts.database.clone()),
            unit_calendars: RwLock::default(),
            class_models: class_model::Held::default(),
            // Public reports of one address: a busy office or a carrier's gateway may send more than one household.
            report_rate: RateLimit::new(if parts.demo { 6_000 } else { 30 }, minute),
            follow_rate: RateLimit::new(if parts.demo { 6_000 } else { 120 }, minute),
            // A page shows up to a dozen photos, each again when the report moves on. Who asks for one must know its hash beside the code.
            photo_rate: RateLimit::new(if parts.demo { 6_000 } else { 600 }, minute),
            // A reporter types one telephone, perhaps twice wrongly; who tries more is guessing.
            erase_rate: RateLimit::new(10, 10 * minute),
            erase_rate_of_report: RateLimit::new(10, 60 * minute),
            queue,
            imports: OnceLock::new(),
            import_waker: tokio::sync::Notify::new(),
            wall: wall::Cache::default(),
            rarity: likeness::rarity::Cache::default(),
            scrutineer: OnceLock::new(),
            neighbours: OnceLock::new(),
            receipt_key: OnceLock::new(),
            notices: OnceLock::new(),
            newest_notice: AtomicI64::new(0),
            spool: OnceLock::new(),
            text_messages: OnceLock::new(),
            // A message costs money, and a person needs one or two; a carrier's gateway may send a few households.
            text_code_rate: RateLimit::new(if parts.demo { 600 } else { 10 }, 10 * minute),
            parts,
        }));
        intake::start_writers(&leads, waiting);
        leads
    }

    /// Keeps the files of imports in this folder from now on; without one there are no imports.
    ///
    /// # Errors
    /// The disk's, when the folder cannot be made.
    pub fn keep_imports_in(&self, folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        // The whole path, so that a server and a command beside it mean the same folder.
        let _ = self.0.imports.set(folder.canonicalize()?);
        Ok(())
    }

    pub(crate) fn import_folder(&self) -> Option<&Path> {
        self.0.imports.get().map(PathBuf::as_path)
    }

    pub(crate) fn import_waker(&self) -> &tokio::sync::Notify {
        &self.0.import_waker
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

    pub(crate) fn identity(&self) -> &Identity {
        &self.0.parts.identity
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.parts.files
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.parts.vault
    }

    pub(crate) fn outgoing(&self) -> &notify::Outgoing {
        &self.0.parts.outgoing
    }

    pub(crate) fn house_calendar(&self) -> Arc<Calendar> {
        self.0.parts.calendar.clone()
    }

    pub(crate) fn unit_calendars(&self) -> &RwLock<Arc<HashMap<Uuid, Calendar>>> {
        &self.0.unit_calendars
    }

    pub(crate) fn home_region(&self) -> &str {
        &self.0.parts.home_region
    }

    pub(crate) fn reporter_may_check(&self) -> bool {
        self.0.parts.reporter_may_check
    }

    pub(crate) fn demo(&self) -> bool {
        self.0.parts.demo
    }

    pub(crate) fn numbers(&self) -> &Numbers {
        &self.0.numbers
    }

    pub(crate) fn queue(&self) -> &IntakeQueue {
        &self.0.queue
    }

    pub(crate) fn report_rate(&self) -> &RateLimit {
        &self.0.report_rate
    }

    pub(crate) fn follow_rate(&self) -> &RateLimit {
        &self.0.follow_rate
    }

    pub(crate) fn photo_rate(&self) -> &RateLimit {
        &self.0.photo_rate
    }

    pub(crate) fn erase_rate(&self) -> &RateLimit {
        &self.0.erase_rate
    }

    pub(crate) fn erase_rate_of_report(&self) -> &RateLimit<String> {
        &self.0.erase_rate_of_report
    }

    pub(crate) fn wall_cache(&self) -> &wall::Cache {
        &self.0.wall
    }

    pub(crate) fn rarity(&self) -> &likeness::rarity::Cache {
        &self.0.rarity
    }

    pub(crate) fn settings_cache(&self) -> &Cached {
        &self.0.settings
    }

    /// Lets somebody look at a lead once more before it is closed. Set once; later settings are ignored.
    pub fn scrutinised_by(&self, scrutineer: Arc<dyn Scrutineer>) {
        let _ = self.0.scrutineer.set(scrutineer);
    }

    pub(crate) fn scrutineer(&self) -> Option<&dyn Scrutineer> {
        self.0.scrutineer.get().map(|scrutineer| &**scrutineer)
    }

    /// Lets leads be referred to the cities that somebody knows. Set once; later settings are ignored.
    pub fn neighbours_are(&self, neighbours: Arc<dyn Neighbours>) {
        let _ = self.0.neighbours.set(neighbours);
    }

    pub(crate) fn neighbours(&self) -> Option<&dyn Neighbours> {
        self.0.neighbours.get().map(|neighbours| &**neighbours)
    }

    /// Signs receipts with this key. Set once; later settings are ignored.
    pub fn sign_receipts_with(&self, key: RootKey) {
        let _ = self.0.receipt_key.set(key);
    }

    pub(crate) fn receipt_key(&self) -> Option<&RootKey> {
        self.0.receipt_key.get()
    }

    /// Asks there which notices were published; before, none is. Set once; later settings are ignored.
    pub fn told_under(&self, notices: Arc<dyn Notices>) {
        let _ = self.0.notices.set(notices);
    }

    /// The number of the newest published notice; 0 where there is none. While the database is out of reach it is the last that was seen:
    /// what a person had read before does not become unread by that.
    pub(crate) async fn newest_notice(&self) -> Answer<i64> {
        let Some(notices) = self.0.notices.get() else { return Ok(0) };
        let seen = || Ok(self.0.newest_notice.load(Ordering::SeqCst));
        if self.database_is_away() {
            return seen();
        }
        match tokio::time::timeout(PATIENCE, notices.newest(self.home_region())).await {
            Ok(Ok(newest)) => {
                self.0.newest_notice.store(newest, Ordering::SeqCst);
                Ok(newest)
            }
            Ok(Err(error)) if self.spool().is_none() || error.problem().kind != ProblemKind::Unavailable => Err(error),
            _ => {
                self.found_away();
                seen()
            }
        }
    }

    /// Looks up the newest notice once, so that it is known when the database goes away.
    ///
    /// # Errors
    /// The database's.
    pub async fn remember_notice(&self) -> Result<(), Problem> {
        self.newest_notice().await.map(drop).map_err(|error| error.problem().clone())
    }

    /// Sends codes to telephones through this provider. Set once; later settings are ignored.
    pub fn send_text_messages_through(&self, provider: Arc<dyn TextMessages>) {
        let _ = self.0.text_messages.set(provider);
    }

    pub(crate) fn text_messages(&self) -> Option<&dyn TextMessages> {
        self.0.text_messages.get().map(|provider| &**provider)
    }

    pub(crate) fn text_code_rate(&self) -> &RateLimit {
        &self.0.text_code_rate
    }

    pub(crate) fn spool(&self) -> Option<&Spool> {
        self.0.spool.get()
    }

    /// Sets the spool. Set once; later settings are ignored.
    pub(crate) fn set_spool(&self, spool: Spool) {
        let _ = self.0.spool.set(spool);
    }

    pub(crate) fn class_models(&self) -> &class_model::Held {
        &self.0.class_models
    }
}
