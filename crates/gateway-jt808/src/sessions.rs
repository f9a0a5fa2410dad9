//! Who is connected: one session a terminal (会话).

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

/// The sessions of this program, by terminal.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<i64, (u64, Arc<Notify>)>>,
    next: AtomicU64,
}

/// One session; it ends with this value.
#[derive(Debug)]
pub(crate) struct Session {
    pub terminal: i64,
    number: u64,
    /// Told when another connection of the same terminal took its place, or the terminal is believed no more.
    pub replaced: Arc<Notify>,
}

impl Sessions {
    /// Begins a session, and ends the one that the terminal had.
    pub(crate) fn begin(&self, terminal: i64) -> Session {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let replaced = Arc::new(Notify::new());
        let before = self.lock().insert(terminal, (number, replaced.clone()));
        if let Some((_, before)) = before {
            metrics::counter!("bihuan_jt808_connections_total", "outcome" => "replaced").increment(1);
            before.notify_one();
        }
        metrics::gauge!("bihuan_jt808_sessions").set(self.many() as f64);
        Session { terminal, number, replaced }
    }

    /// Takes a session off the list, if it is still the terminal's.
    pub(crate) fn end(&self, session: &Session) {
        let mut open = self.lock();
        if open.get(&session.terminal).is_some_and(|(number, _)| *number == session.number) {
            open.remove(&session.terminal);
        }
        metrics::gauge!("bihuan_jt808_sessions").set(open.len() as f64);
    }

    /// Ends the session of a terminal.
    pub(crate) fn send_away(&self, terminal: i64) {
        if let Some((_, session)) = self.lock().get(&terminal) {
            session.notify_one();
        }
    }

    /// Whether a terminal is connected to this program.
    pub(crate) fn has(&self, terminal: i64) -> bool {
        self.lock().contains_key(&terminal)
    }

    /// How many are connected.
    pub(crate) fn many(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<i64, (u64, Arc<Notify>)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
