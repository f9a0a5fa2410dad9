//! What a killed program left behind: a PostgreSQL that still runs on the folder, or the processes of a killed one.
//!
//! Only processes that provably work on this folder are touched: the folder is held by us, so nobody else's program
//! can have started them.

use super::Folder;
use crate::{DatabaseError, Result, error::io};
use nix::{
    errno::Errno,
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// Stops a server that still runs on the folder, and waits for the remains of a killed one.
pub(super) async fn stop_what_was_left(folder: &Folder) -> Result<()> {
    let cluster = folder.cluster();
    let pid_file = cluster.join("postmaster.pid");
    if let Some(pid) = recorded_process(&pid_file) {
        if works_on(pid, &cluster) {
            tracing::warn!(pid, "PostgreSQL was left running by a killed program; stopping it");
            end(pid, &cluster, Signal::SIGINT, Duration::from_secs(60)).await;
            end(pid, &cluster, Signal::SIGQUIT, Duration::from_secs(15)).await;
            if works_on(pid, &cluster) {
                return Err(DatabaseError::WouldNotStop { pid });
            }
        }
        // PostgreSQL refuses to start while any living process has this number, also a stranger that got it after a
        // restart of the machine. It is certain by now that ours is gone.
        match fs::remove_file(&pid_file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(io("remove", &pid_file)(error)),
        }
    }
    for pid in remains(&cluster) {
        // They notice the death of their postmaster by themselves; the ones that are stuck are helped along. None of
        // them can have acknowledged anything that is not on disk.
        end(pid, &cluster, Signal::SIGQUIT, Duration::from_secs(3)).await;
        end(pid, &cluster, Signal::SIGKILL, Duration::from_secs(3)).await;
    }
    Ok(())
}

fn recorded_process(pid_file: &Path) -> Option<i32> {
    // A server in single-user mode writes a negative number.
    fs::read_to_string(pid_file).ok()?.lines().next()?.trim().parse::<i32>().ok().map(i32::abs).filter(|pid| *pid > 1)
}

/// Whether the process is a PostgreSQL that works on this cluster: they all stand in its folder.
fn works_on(pid: i32, cluster: &Path) -> bool {
    let process = Path::new("/proc").join(pid.to_string());
    let named = fs::read_to_string(process.join("comm")).is_ok_and(|name| matches!(name.trim(), "postgres" | "postmaster"));
    if !named {
        return false;
    }
    match fs::read_link(process.join("cwd")) {
        Ok(place) => place == cluster,
        // In a container root may be forbidden to look; the postmaster's arguments name the folder too.
        Err(_) => fs::read(process.join("cmdline"))
            .is_ok_and(|line| line.split(|byte| *byte == 0).any(|argument| argument == cluster.as_os_str().as_encoded_bytes())),
    }
}

fn remains(cluster: &Path) -> Vec<i32> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(|pid| works_on(*pid, cluster)).collect()
}

async fn end(pid: i32, cluster: &Path, signal: Signal, patience: Duration) {
    let since = Instant::now();
    if !works_on(pid, cluster) || kill(Pid::from_raw(pid), signal) == Err(Errno::ESRCH) {
        return;
    }
    while since.elapsed() < patience && works_on(pid, cluster) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
