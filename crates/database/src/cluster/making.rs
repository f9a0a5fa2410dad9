//! Making a cluster: beside its place, then moved there whole, so that a kill leaves no half cluster.

use super::{Folder, Profile, Programs};
use crate::{DatabaseError, Result, error::io};
use std::{fs, path::Path, process::Stdio};

/// Makes the cluster with initdb.
pub(super) async fn make(folder: &Folder, programs: &Programs, profile: Profile) -> Result<()> {
    let (folder, programs) = (folder.clone(), programs.clone());
    tokio::task::spawn_blocking(move || make_now(&folder, &programs, profile))
        .await
        .unwrap_or_else(|_| Err(DatabaseError::Program { program: "initdb", said: "interrupted".into() }))
}

fn make_now(folder: &Folder, programs: &Programs, profile: Profile) -> Result<()> {
    let half = folder.data().join("postgres.new");
    let mut said = String::new();
    // C.UTF-8 knows the classes of Chinese characters; a system without it gets C, which orders the same way.
    for locale in ["C.UTF-8", "C"] {
        if half.exists() {
            fs::remove_dir_all(&half).map_err(io("remove", &half))?;
        }
        folder.make_private(&half)?;
        match initdb(folder, programs, &half, locale, profile) {
            Ok(()) => {
                let place = folder.cluster();
                return fs::rename(&half, &place).map_err(io("rename", &place));
            }
            Err(output) => said = output,
        }
    }
    Err(DatabaseError::Program { program: "initdb", said })
}

fn initdb(folder: &Folder, programs: &Programs, into: &Path, locale: &str, profile: Profile) -> std::result::Result<(), String> {
    let mut command = folder.account().command(&programs.path("initdb"));
    command
        .arg("--pgdata")
        .arg(into)
        .args(["--username", super::SUPERUSER, "--auth", "peer", "--encoding", "UTF8", "--data-checksums", "--no-instructions"])
        .args(["--locale", locale])
        .stdin(Stdio::null());
    if profile == Profile::Disposable {
        command.arg("--no-sync");
    }
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}
