//! Starts the postmaster, watches it, starts it again when it was killed, stops it in the end.

use super::{Endpoint, Folder, Programs, SUPERUSER};
use crate::{DatabaseError, Result, error::io};
use nix::{
    errno::Errno,
    sys::{
        signal::{Signal, kill},
        wait::{Id, WaitPidFlag, waitid},
    },
    unistd::Pid,
};
use sqlx::{Connection, PgConnection};
use std::{
    fs::{self, OpenOptions},
    os::unix::{fs::OpenOptionsExt, process::CommandExt},
    process::{Child, Stdio},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Recovery after a kill may have to replay two gigabytes of log.
const PATIENCE: Duration = Duration::from_secs(300);
/// A log larger than this is set aside at the next start.
const LARGEST_LOG: u64 = 20 * 1024 * 1024;

/// The watch over one postmaster.
#[derive(Debug, Clone)]
pub(super) struct Supervisor {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    folder: Folder,
    programs: Programs,
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Debug)]
struct State {
    /// None while it is being started again, and after the end.
    child: Option<Child>,
    /// Asked to stop, or to be left alone.
    finishing: bool,
    left_running: bool,
    done: bool,
}

impl Supervisor {
    /// Starts the postmaster and waits until it answers.
    pub(super) async fn start(folder: &Folder, programs: &Programs, endpoint: &Endpoint) -> Result<Self> {
        let since = Instant::now();
        let child = loop {
            let mut child = spawn(folder, programs)?;
            match wait_until_ready(&mut child, folder, endpoint, since).await {
                Ok(()) => break child,
                // The last processes of a killed server may still be leaving the shared memory.
                Err(DatabaseError::Program { said, .. })
                    if since.elapsed() < Duration::from_secs(20) && said.contains("shared memory block") =>
                {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
                Err(error) => {
                    // Nothing is left running after a failed start.
                    let _ = kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGINT);
                    let _ = child.wait();
                    return Err(error);
                }
            }
        };
        let shared = Arc::new(Shared {
            folder: folder.clone(),
            programs: programs.clone(),
            state: Mutex::new(State { child: Some(child), finishing: false, left_running: false, done: false }),
            ended: Condvar::new(),
        });
        let watched = shared.clone();
        std::thread::Builder::new()
            .name("postgres-watch".into())
            .spawn(move || watch(&watched))
            .map_err(io("start a thread for", folder.data()))?;
        Ok(Self { shared })
    }

    pub(super) fn process(&self) -> Option<u32> {
        self.shared.state().child.as_ref().map(Child::id)
    }

    pub(super) fn leave_running(&self) {
        let mut state = self.shared.state();
        state.finishing = true;
        state.left_running = true;
        self.shared.ended.notify_all();
    }

    /// Fast shutdown; blocks until it is done.
    pub(super) fn stop(&self) -> Result<()> {
        for (signal, patience) in [(Signal::SIGINT, 60), (Signal::SIGQUIT, 10), (Signal::SIGKILL, 5)] {
            let mut state = self.shared.state();
            if state.left_running {
                return Ok(());
            }
            state.finishing = true;
            if let Some(child) = &state.child {
                // Not reaped yet, as that happens under this lock: the number is still its own.
                let _ = kill(Pid::from_raw(child.id().cast_signed()), signal);
            }
            self.shared.ended.notify_all();
            let (state, _) = self
                .shared
                .ended
                .wait_timeout_while(state, Duration::from_secs(patience), |state| !state.done)
                .unwrap_or_else(PoisonError::into_inner);
            if state.done {
                return Ok(());
            }
        }
        Err(DatabaseError::WouldNotStop { pid: self.process().map_or(0, u32::cast_signed) })
    }
}

/// Stops PostgreSQL when the cluster is dropped; the watch's own reference goes through `Shared`, not through here.
impl Drop for super::Cluster {
    fn drop(&mut self) {
        if let Err(error) = self.supervisor.stop() {
            tracing::error!(%error, "PostgreSQL was not stopped cleanly");
        }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn watch(shared: &Shared) {
    let mut pause = Duration::from_millis(100);
    loop {
        let started = Instant::now();
        let process = shared.state().child.as_ref().map(Child::id);
        if let Some(process) = process {
            // Waits without reaping, so that `stop` never signals a number that belongs to somebody else by then.
            let process = Pid::from_raw(process.cast_signed());
            while waitid(Id::Pid(process), WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT) == Err(Errno::EINTR) {}
        }
        let mut state = shared.state();
        if let Some(mut child) = state.child.take() {
            let status = child.wait();
            if !state.finishing {
                tracing::error!(?status, "PostgreSQL ended unexpectedly; starting it again");
            }
        }
        if started.elapsed() > Duration::from_secs(10) {
            pause = Duration::from_millis(100);
        }
        if !state.finishing {
            state = shared.ended.wait_timeout_while(state, pause, |state| !state.finishing).unwrap_or_else(PoisonError::into_inner).0;
            pause = (pause * 2).min(Duration::from_secs(5));
        }
        if state.finishing {
            state.done = true;
            shared.ended.notify_all();
            return;
        }
        match spawn(&shared.folder, &shared.programs) {
            Ok(child) => state.child = Some(child),
            Err(error) => tracing::error!(%error, "PostgreSQL could not be started again"),
        }
    }
}

fn spawn(folder: &Folder, programs: &Programs) -> Result<Child> {
    let path = folder.log();
    if fs::metadata(&path).is_ok_and(|meta| meta.len() > LARGEST_LOG) {
        let aside = path.with_extension("log.1");
        fs::rename(&path, &aside).map_err(io("rename", &aside))?;
    }
    let log = OpenOptions::new().create(true).append(true).mode(0o600).open(&path).map_err(io("open", &path))?;
    let again = log.try_clone().map_err(io("open", &path))?;
    let program = programs.path("postgres");
    folder
        .account()
        .command(&program)
        .arg("-D")
        .arg(folder.cluster())
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(again)
        // Ctrl-C at the terminal is for the program, which then stops PostgreSQL when its own work is done.
        .process_group(0)
        .spawn()
        .map_err(io("run", &program))
}

async fn wait_until_ready(child: &mut Child, folder: &Folder, endpoint: &Endpoint, since: Instant) -> Result<()> {
    let options = endpoint.options(SUPERUSER, "postgres");
    let mut pause = Duration::from_millis(20);
    loop {
        match PgConnection::connect_with(&options).await {
            Ok(connection) => {
                // A refusal to say goodbye changes nothing about readiness.
                let _ = connection.close().await;
                return Ok(());
            }
            // Anything but "not yet" will not get better by waiting.
            Err(sqlx::Error::Database(refusal)) if refusal.code().as_deref() != Some("57P03") => {
                return Err(DatabaseError::NotReady { seconds: since.elapsed().as_secs(), said: refusal.to_string() });
            }
            Err(_) => {}
        }
        if let Ok(Some(_)) = child.try_wait() {
            return Err(DatabaseError::Program { program: "postgres", said: folder.end_of_log() });
        }
        if since.elapsed() > PATIENCE {
            return Err(DatabaseError::NotReady { seconds: PATIENCE.as_secs(), said: folder.end_of_log() });
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 3 / 2).min(Duration::from_millis(250));
    }
}
