//! Making a backup, beside a running server or without one.

use super::{
    ARCHIVE, BackupError, Bucket, FILES, FOLDERS, FORMAT, MANIFEST, MARK, Manifest, counts, envelope,
    error::at,
    writer::{Tallied, Tally, append},
};
use crate::{Reach, Settings, cluster::Programs, error::sql, open_beside, tools};
use age::secrecy::SecretString;
use chrono::{DateTime, Utc};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use tar::Builder;

/// The size of a piece of the database's archive: its length must be known before it is written.
const PIECE: usize = 1024 * 1024;

/// About a second and 256 MiB for each guess at the passphrase.
pub const WORK: u8 = 18;

/// What to back up and where to.
#[derive(Debug, Clone)]
pub struct Request {
    /// The database and the data folder.
    pub settings: Settings,
    /// The file to write; nothing may stand there.
    pub out: PathBuf,
    /// What opens it again.
    pub passphrase: SecretString,
    /// The version of the program.
    pub program: String,
    /// How much work a guess at the passphrase costs, as a power of two: [`WORK`] unless a test is in a hurry.
    pub work: u8,
    /// The bucket that holds the photos and documents, where they are not in the data folder.
    pub bucket: Option<Arc<dyn Bucket>>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// Writes a backup and says what is in it. The file appears under its name only when it is whole and on disk.
pub async fn create(request: Request) -> Result<Manifest, BackupError> {
    if request.out.exists() {
        return Err(BackupError::Exists(request.out));
    }
    let opened = open_beside(&request.settings).await?;
    let made = create_from(&opened.owner_pool, &opened.reach, request).await;
    let closed = opened.close().await;
    let manifest = made?;
    closed?;
    Ok(manifest)
}

async fn create_from(owner: &sqlx::PgPool, reach: &Reach, request: Request) -> Result<Manifest, BackupError> {
    let mut transaction = owner.begin().await.map_err(sql("BEGIN"))?;
    let snapshot = counts::share_snapshot(&mut transaction).await?;
    let postgres = counts::server_version(&mut transaction).await?;
    let manifest = Manifest {
        program: request.program.clone(),
        made_at: request.now,
        migration: counts::newest_migration(&mut transaction).await?,
        tables: counts::rows(&mut transaction).await?,
        database: super::Part::default(),
        files: super::Part::default(),
        postgres,
    };
    let major = manifest.postgres.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok());
    let programs = Programs::for_cluster(request.settings.pg_bin.as_deref(), major)?;
    let reach = reach.clone();
    let written = tokio::task::spawn_blocking(move || write(&request, &programs, &reach, &snapshot, manifest)).await;
    // The snapshot lives as long as this transaction; it wrote nothing.
    transaction.rollback().await.map_err(sql("ROLLBACK"))?;
    written.unwrap_or_else(|error| Err(BackupError::Damaged(error.to_string())))
}

fn write(request: &Request, programs: &Programs, reach: &Reach, snapshot: &str, manifest: Manifest) -> Result<Manifest, BackupError> {
    let half = half_name(&request.out);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half).map_err(at(&half))?;
    let written = write_entries(request, programs, reach, snapshot, manifest, file, &half);
    if written.is_err() {
        // Half a backup is none; what cannot be removed is at least not under the asked name.
        let _ = fs::remove_file(&half);
    }
    written
}

fn write_entries(
    request: &Request,
    programs: &Programs,
    reach: &Reach,
    snapshot: &str,
    mut manifest: Manifest,
    file: File,
    half: &Path,
) -> Result<Manifest, BackupError> {
    let sealed = envelope::seal(BufWriter::with_capacity(PIECE, file), &request.passphrase, request.work, half)?;
    let mut tar = Builder::new(sealed);
    append(&mut tar, MARK, FORMAT.len() as u64, FORMAT.as_bytes()).map_err(at(half))?;

    let mut tally = Tally::default();
    let mut dump = tools::dump(programs, reach, Some(snapshot))?;
    let mut piece = Vec::with_capacity(PIECE);
    for number in 1u64.. {
        piece.clear();
        (&mut dump.archive).take(PIECE as u64).read_to_end(&mut piece).map_err(at(&programs.path("pg_dump")))?;
        if piece.is_empty() {
            break;
        }
        let name = format!("{ARCHIVE}/{number:08}");
        tally.entry(&name, piece.len() as u64);
        tally.content(&piece);
        append(&mut tar, &name, piece.len() as u64, piece.as_slice()).map_err(at(half))?;
    }
    dump.finish()?;
    manifest.database = tally.finish();

    let mut tally = Tally::default();
    if let Some(bucket) = &request.bucket {
        write_bucket(&mut tar, &**bucket, &mut tally)?;
    }
    for folder in FOLDERS.into_iter().filter(|folder| *folder != FILES || request.bucket.is_none()) {
        write_folder(&mut tar, &request.settings.data, Path::new(folder), &mut tally)?;
    }
    manifest.files = tally.finish();

    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| at(half)(error.into()))?;
    append(&mut tar, MANIFEST, text.len() as u64, text.as_slice()).map_err(at(half))?;
    let file = tar
        .into_inner()
        .and_then(age::stream::StreamWriter::finish)
        .and_then(|buffer| buffer.into_inner().map_err(std::io::IntoInnerError::into_error))
        .map_err(at(half))?;
    file.sync_all().map_err(at(half))?;
    // A link, not a renaming: it fails where somebody else made the file meanwhile.
    fs::hard_link(half, &request.out).or_else(|_| fs::rename(half, &request.out)).map_err(at(&request.out))?;
    let _ = fs::remove_file(half);
    Ok(manifest)
}

/// The bucket's files, a two hundred and fifty-sixth of its names in memory at a time.
fn write_bucket<W: Write>(tar: &mut Builder<W>, bucket: &dyn Bucket, tally: &mut Tally) -> Result<(), BackupError> {
    for first in 0..=u8::MAX {
        let first = format!("{first:02x}");
        for name in bucket.names(&first).map_err(at(Path::new(&first)))? {
            let inside = format!("{FILES}/{name}");
            let content = bucket.read(&name).map_err(at(Path::new(&inside)))?;
            tally.entry(&inside, content.len() as u64);
            tally.content(&content);
            append(tar, &inside, content.len() as u64, content.as_slice()).map_err(at(Path::new(&inside)))?;
        }
    }
    Ok(())
}

fn write_folder<W: Write>(tar: &mut Builder<W>, root: &Path, folder: &Path, tally: &mut Tally) -> Result<(), BackupError> {
    let here = root.join(folder);
    let entries = match fs::read_dir(&here) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(&here)(error)),
    };
    let mut names = entries.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<Vec<_>, _>>().map_err(at(&here))?;
    names.sort();
    for name in names {
        let (path, inside) = (here.join(&name), folder.join(&name));
        let kind = match fs::symlink_metadata(&path) {
            Ok(meta) => meta.file_type(),
            Err(_) => continue,
        };
        if kind.is_dir() {
            write_folder(tar, root, &inside, tally)?;
        } else if kind.is_file() && !name.to_string_lossy().contains('#') {
            // A name with # is a file that is being written this moment: nothing names it yet.
            write_file(tar, &path, &inside, tally)?;
        }
    }
    Ok(())
}

fn write_file<W: Write>(tar: &mut Builder<W>, path: &Path, inside: &Path, tally: &mut Tally) -> Result<(), BackupError> {
    let file = match File::open(path) {
        Ok(file) => file,
        // Parts of an upload go when it ends or is given up.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(path)(error)),
    };
    let size = file.metadata().map_err(at(path))?.len();
    let name = inside.to_string_lossy().into_owned();
    tally.entry(&name, size);
    append(tar, &name, size, Tallied { from: file.take(size), tally }).map_err(at(path))
}

fn half_name(out: &Path) -> PathBuf {
    let mut name = out.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}
