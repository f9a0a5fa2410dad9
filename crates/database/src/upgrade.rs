//! Moving a cluster to another major version of PostgreSQL (升级数据库).
//!
//! The old cluster is dumped by the new programs while it runs with its own, a new one is made and filled, every
//! table's rows are compared, and only then is the new one in use. The old folder stays as it was, under another name.

use crate::{
    Cluster, Result, Settings,
    backup::{BackupError, counts},
    cluster::{DATABASE, Folder, Lock, Profile, Programs},
    error::{io, sql},
    roles, tools,
};
use sqlx::{Connection, PgConnection};
use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{Read, copy},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// Stands in the data folder while an upgrade is under way and names the old cluster's folder.
const UNFINISHED: &str = "upgrade.unfinished";

/// What an upgrade did.
#[derive(Debug)]
pub enum Upgraded {
    /// The cluster has the programs' version already.
    NotNeeded(u32),
    /// There is no cluster yet; the next start makes one.
    NoCluster,
    /// It was moved.
    Moved {
        /// The version it had.
        from: u32,
        /// The version it has.
        to: u32,
        /// The old cluster, to be kept until the new one has proved itself.
        old: PathBuf,
        /// How many rows were moved and compared.
        rows: i64,
    },
}

/// Moves the cluster of a data folder to the version of the programs here. Bihuan must be stopped.
pub async fn upgrade(settings: &Settings, old_bin: Option<&Path>) -> std::result::Result<Upgraded, BackupError> {
    let folder = Folder::prepare(&settings.data)?;
    let lock = folder.lock()?;
    undo_unfinished(&folder)?;
    let new = Programs::find(settings.pg_bin.as_deref())?;
    let Some(version) = folder.version()? else { return Ok(Upgraded::NoCluster) };
    if version == new.version() {
        return Ok(Upgraded::NotNeeded(version));
    }
    let debian = PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"));
    let old_bin = old_bin.unwrap_or(&debian);
    let old = Programs::in_folder(old_bin).filter(|programs| programs.version() == version);
    let Some(old) = old else { return Err(BackupError::NoOldPrograms { version, looked: old_bin.to_owned() }) };
    move_between(folder, lock, old, new).await
}

/// Moves the cluster from one set of programs to another, whatever their versions are.
pub async fn move_between(folder: Folder, lock: Lock, old: Programs, new: Programs) -> std::result::Result<Upgraded, BackupError> {
    let (from, to) = (old.version(), new.version());
    let dump = folder.data().join("upgrade.dump");
    let cluster = Cluster::start_locked(folder.clone(), lock.clone(), old, Profile::Durable).await?;
    let dumped = dump_to(&cluster, &new, &dump).await;
    cluster.stop().await?;
    let before = dumped?;

    let aside = free_name(&folder.cluster(), from);
    let mark = folder.data().join(UNFINISHED);
    fs::write(&mark, aside.file_name().unwrap_or_default().as_encoded_bytes()).map_err(io("write", &mark))?;
    File::open(&mark).and_then(|file| file.sync_all()).map_err(io("write", &mark))?;
    fs::rename(folder.cluster(), &aside).map_err(io("rename", &aside))?;
    let filled = fill(&folder, &lock, &new, &dump, &before).await;
    // The dump holds what the database holds; it does not stay.
    let _ = fs::remove_file(&dump);
    if let Err(error) = filled {
        undo_unfinished(&folder)?;
        return Err(error);
    }
    fs::remove_file(&mark).map_err(io("remove", &mark))?;
    Ok(Upgraded::Moved { from, to, old: aside, rows: before.values().sum() })
}

/// Puts the old cluster back in its place when an upgrade was cut off; without it the next start would serve the half
/// filled new one.
pub(crate) fn undo_unfinished(folder: &Folder) -> Result<()> {
    let mark = folder.data().join(UNFINISHED);
    let Ok(name) = fs::read_to_string(&mark) else { return Ok(()) };
    let (place, aside) = (folder.cluster(), folder.data().join(name));
    // Before the renaming the old cluster is still in its place, and nothing stands aside.
    if aside.join("PG_VERSION").exists() {
        tracing::warn!(aside = %aside.display(), "an upgrade of the database was cut off; the old database is put back");
        if place.exists() {
            fs::remove_dir_all(&place).map_err(io("remove", &place))?;
        }
        fs::rename(&aside, &place).map_err(io("rename", &place))?;
    }
    fs::remove_file(&mark).map_err(io("remove", &mark))
}

async fn dump_to(cluster: &Cluster, programs: &Programs, path: &Path) -> std::result::Result<BTreeMap<String, i64>, BackupError> {
    let before = rows(cluster).await?;
    let reach = crate::Reach::Embedded(cluster.endpoint().clone());
    let mut dump = tools::dump(programs, &reach, None)?;
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(io("open", path))?;
    copy(&mut dump.archive, &mut file).map_err(io("write", path))?;
    file.sync_all().map_err(io("write", path))?;
    dump.finish()?;
    Ok(before)
}

async fn fill(
    folder: &Folder,
    lock: &Lock,
    programs: &Programs,
    dump: &Path,
    before: &BTreeMap<String, i64>,
) -> std::result::Result<(), BackupError> {
    let cluster = Cluster::start_locked(folder.clone(), lock.clone(), programs.clone(), Profile::Durable).await?;
    let filled = fill_cluster(&cluster, programs, dump, before).await;
    cluster.stop().await?;
    filled
}

async fn fill_cluster(
    cluster: &Cluster,
    programs: &Programs,
    dump: &Path,
    before: &BTreeMap<String, i64>,
) -> std::result::Result<(), BackupError> {
    let mut contents = tools::contents(programs)?;
    each_piece(dump, |piece| {
        contents.write(piece);
        Ok(())
    })?;
    let reach = crate::Reach::Embedded(cluster.endpoint().clone());
    let options = cluster.endpoint().options(crate::OWNER_ROLE, DATABASE);
    let mut owner = PgConnection::connect_with(&options).await.map_err(sql("connect"))?;
    roles::suspend_default_rights(&mut owner).await?;
    let mut restoring = tools::restore(programs, &reach, &contents.finish()?)?;
    each_piece(dump, |piece| restoring.write(piece))?;
    restoring.finish()?;
    roles::resume_default_rights(&mut owner).await?;
    sqlx::raw_sql("ANALYZE").execute(&mut owner).await.map_err(sql("ANALYZE"))?;
    let after = counts::rows(&mut owner).await?;
    owner.close().await.map_err(sql("disconnect"))?;
    for (table, expected) in before {
        let found = after.get(table).copied().unwrap_or(-1);
        if found != *expected {
            return Err(BackupError::Counts { table: table.clone(), expected: *expected, found });
        }
    }
    Ok(())
}

async fn rows(cluster: &Cluster) -> Result<BTreeMap<String, i64>> {
    let options = cluster.endpoint().options(crate::OWNER_ROLE, DATABASE);
    let mut connection = PgConnection::connect_with(&options).await.map_err(sql("connect"))?;
    let rows = counts::rows(&mut connection).await?;
    connection.close().await.map_err(sql("disconnect"))?;
    Ok(rows)
}

fn each_piece(path: &Path, mut take: impl FnMut(&[u8]) -> std::io::Result<()>) -> Result<()> {
    let mut file = File::open(path).map_err(io("open", path))?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut piece).map_err(io("read", path))?;
        if read == 0 {
            return Ok(());
        }
        take(&piece[..read]).map_err(io("hand on", path))?;
    }
}

/// The name under which the old cluster is kept; one from an earlier upgrade is not touched.
fn free_name(cluster: &Path, version: u32) -> PathBuf {
    let mut name = cluster.with_file_name(format!("postgres-{version}"));
    let mut number = 1;
    while name.exists() {
        number += 1;
        name = cluster.with_file_name(format!("postgres-{version}-{number}"));
    }
    name
}
