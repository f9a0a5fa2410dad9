//! Restoring a backup into an empty place: everything is checked first, and what fails afterwards is undone.

use super::{
    BackupError, Bucket, FILES, FOLDERS, MASTER_KEY, Manifest, counts,
    error::{at, damaged},
    reader::{self, Sink},
};
use crate::{Opened, Reach, Settings, cluster::Programs, error::sql, open, roles, tools};
use age::secrecy::SecretString;
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Stands in the data folder while a restoring is under way: a folder that was only half filled is never served from.
pub(crate) const UNFINISHED: &str = "restore.unfinished";

/// The length of a master key.
const KEY: usize = 32;

/// What to restore and where to.
#[derive(Debug, Clone)]
pub struct RestoreRequest {
    /// The empty data folder, and the empty server where one is given.
    pub settings: Settings,
    /// The backup.
    pub from: PathBuf,
    /// What opens it.
    pub passphrase: SecretString,
    /// The master key, kept elsewhere; without it the personal data stay sealed.
    pub master_key: Option<PathBuf>,
    /// The bucket that takes the photos and documents, where they are not to go to the data folder. What it holds already stays.
    pub bucket: Option<Arc<dyn Bucket>>,
}

/// Restores a backup and says what was in it.
pub async fn restore(request: RestoreRequest) -> Result<Manifest, BackupError> {
    refuse_occupied(&request.settings.data)?;
    let key = request.master_key.as_deref().map(read_key).transpose()?;
    let programs = Programs::find(request.settings.pg_bin.as_deref())?;
    let (manifest, list) = {
        let (request, programs) = (request.clone(), programs.clone());
        blocking(move || check(&request, &programs)).await?
    };
    let opened = open(&request.settings).await?;
    let restored = restore_into(&opened, &request, programs, list, &manifest, key).await;
    let embedded = opened.cluster.is_some();
    let closed = opened.close().await;
    match restored {
        Ok(()) => {
            closed?;
            Ok(manifest)
        }
        Err(error) => {
            undo(&request.settings.data, embedded);
            Err(error)
        }
    }
}

/// The first reading: the whole envelope, every digest, and the archive's table of contents.
fn check(request: &RestoreRequest, programs: &Programs) -> Result<(Manifest, String), BackupError> {
    let mut sink = Checking { contents: Some(tools::contents(programs)?), list: None };
    let manifest = reader::read(&request.from, &request.passphrase, &mut sink)?;
    let list = sink.list.ok_or_else(|| BackupError::Damaged("no database".into()))?;
    Ok((manifest, list))
}

async fn restore_into(
    opened: &Opened,
    request: &RestoreRequest,
    programs: Programs,
    list: String,
    manifest: &Manifest,
    key: Option<[u8; KEY]>,
) -> Result<(), BackupError> {
    let mut connection = opened.owner_pool.acquire().await.map_err(sql("connect"))?;
    if !counts::rows(&mut connection).await?.is_empty() {
        return Err(BackupError::NotEmpty("DATABASE_URL".into()));
    }
    let mark = request.settings.data.join(UNFINISHED);
    // With a given server the data folder may not be there yet.
    fs::create_dir_all(&request.settings.data).and_then(|()| fs::write(&mark, "")).map_err(at(&mark))?;
    let (job, reach) = (request.clone(), opened.reach.clone());
    let expected = manifest.clone();
    roles::suspend_default_rights(&mut connection).await?;
    let written = blocking(move || write(&job, &programs, &reach, &list, &expected)).await;
    roles::resume_default_rights(&mut connection).await?;
    written?;
    let found = counts::rows(&mut connection).await?;
    for (table, expected) in &manifest.tables {
        let found = found.get(table).copied().unwrap_or(-1);
        if found != *expected {
            return Err(BackupError::Counts { table: table.clone(), expected: *expected, found });
        }
    }
    put_on_disk(&request.settings.data)?;
    if let Some(key) = key {
        write_key(&request.settings.data.join(MASTER_KEY), &key)?;
    }
    // The planner knows nothing about restored tables until they are looked at.
    sqlx::raw_sql("ANALYZE").execute(&mut *connection).await.map_err(sql("ANALYZE"))?;
    fs::remove_file(&mark).map_err(at(&mark))
}

/// The second reading.
fn write(request: &RestoreRequest, programs: &Programs, reach: &Reach, list: &str, expected: &Manifest) -> Result<(), BackupError> {
    let restoring = tools::restore(programs, reach, list)?;
    let mut sink = Writing { restoring: Some(restoring), data: request.settings.data.clone(), bucket: request.bucket.clone() };
    let manifest = reader::read(&request.from, &request.passphrase, &mut sink)?;
    if manifest != *expected {
        return Err(BackupError::Damaged("the file changed between two readings".into()));
    }
    Ok(())
}

struct Checking {
    contents: Option<tools::Contents>,
    list: Option<String>,
}

impl Sink for Checking {
    fn database(&mut self, piece: &[u8]) -> Result<(), BackupError> {
        if let Some(contents) = &mut self.contents {
            contents.write(piece);
        }
        Ok(())
    }

    fn end_of_database(&mut self) -> Result<(), BackupError> {
        if let Some(contents) = self.contents.take() {
            self.list = Some(contents.finish()?);
        }
        Ok(())
    }

    fn file(&mut self, _: &Path, _: &mut dyn Read) -> Result<(), BackupError> {
        Ok(())
    }
}

struct Writing {
    restoring: Option<tools::Restore>,
    data: PathBuf,
    bucket: Option<Arc<dyn Bucket>>,
}

impl Sink for Writing {
    fn database(&mut self, piece: &[u8]) -> Result<(), BackupError> {
        match &mut self.restoring {
            Some(restoring) => restoring.write(piece).map_err(damaged),
            None => Ok(()),
        }
    }

    fn end_of_database(&mut self) -> Result<(), BackupError> {
        match self.restoring.take() {
            Some(restoring) => Ok(restoring.finish()?),
            None => Ok(()),
        }
    }

    fn file(&mut self, path: &Path, content: &mut dyn Read) -> Result<(), BackupError> {
        if let (Some(bucket), Ok(name)) = (&self.bucket, path.strip_prefix(FILES)) {
            let mut whole = Vec::new();
            content.read_to_end(&mut whole).map_err(damaged)?;
            return bucket.write(&name.to_string_lossy(), whole).map_err(at(path));
        }
        let path = self.data.join(path);
        if let Some(folder) = path.parent() {
            DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(at(&path))?;
        io::copy(content, &mut file).map_err(at(&path))?;
        Ok(())
    }
}

/// All files at once: one by one would take a disk's turn for each.
fn put_on_disk(data: &Path) -> Result<(), BackupError> {
    let folder = fs::File::open(data).map_err(at(data))?;
    nix::unistd::syncfs(&folder).map_err(|errno| at(data)(errno.into()))
}

fn refuse_occupied(data: &Path) -> Result<(), BackupError> {
    let entries = match fs::read_dir(data) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(data)(error)),
    };
    // A fresh file system brings a folder of its own.
    let occupied = entries.flatten().any(|entry| entry.file_name() != "lost+found");
    if occupied { Err(BackupError::NotEmpty(data.display().to_string())) } else { Ok(()) }
}

fn read_key(path: &Path) -> Result<[u8; KEY], BackupError> {
    fs::read(path).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| BackupError::MasterKey(path.to_owned()))
}

fn write_key(path: &Path, key: &[u8; KEY]) -> Result<(), BackupError> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(at(folder))?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(at(path))?;
    file.write_all(key).and_then(|()| file.sync_all()).map_err(at(path))
}

/// The folder was empty when this began: whatever stands there now came from here.
fn undo(data: &Path, embedded: bool) {
    let mut ours: Vec<PathBuf> = FOLDERS.into_iter().chain(["keys", UNFINISHED]).map(|name| data.join(name)).collect();
    if embedded {
        ours.extend(["postgres", "postgres.new", "run", "lock", "postgres.log"].map(|name| data.join(name)));
    }
    for path in ours {
        // What cannot be removed makes the next attempt refuse, which names the folder.
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, BackupError> + Send + 'static) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(BackupError::Damaged(error.to_string())))
}
