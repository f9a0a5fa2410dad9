//! Reading a backup from end to end, checking all of it against its manifest.

use super::{
    ARCHIVE, BackupError, FOLDERS, FORMAT, FORMAT_OF_FILES_ALONE, MANIFEST, MARK, Manifest, envelope,
    error::damaged,
    writer::{Tallied, Tally},
};
use age::secrecy::SecretString;
use std::{
    io::{self, Read},
    path::{Component, Path},
};
use tar::Archive;

/// What to do with the content on the way.
pub(super) trait Sink {
    /// A piece of the database's archive.
    fn database(&mut self, piece: &[u8]) -> Result<(), BackupError>;
    /// The archive is complete.
    fn end_of_database(&mut self) -> Result<(), BackupError>;
    /// A file, by its path in the data folder.
    fn file(&mut self, path: &Path, content: &mut dyn Read) -> Result<(), BackupError>;
}

/// Reads everything once. An error means that the backup is not whole.
pub(super) fn read(from: &Path, passphrase: &SecretString, sink: &mut dyn Sink) -> Result<Manifest, BackupError> {
    let mut tar = Archive::new(envelope::open(from, passphrase)?);
    let (mut database, mut files) = (Tally::default(), Tally::default());
    let mut manifest: Option<Manifest> = None;
    let mut in_database = true;
    for (number, entry) in tar.entries().map_err(damaged)?.enumerate() {
        let mut entry = entry.map_err(damaged)?;
        let size = entry.header().size().map_err(damaged)?;
        let path = entry.path().map_err(damaged)?.into_owned();
        let name = path.to_string_lossy().into_owned();
        if number == 0 {
            check_mark(from, &name, &mut entry)?;
        } else if manifest.is_some() {
            return Err(BackupError::Damaged(format!("{name} after the manifest")));
        } else if name == MANIFEST {
            manifest = Some(serde_json::from_reader(&mut entry).map_err(|error| BackupError::Damaged(error.to_string()))?);
        } else if in_database && path.starts_with(ARCHIVE) {
            let mut piece = Vec::new();
            entry.read_to_end(&mut piece).map_err(damaged)?;
            database.entry(&name, size);
            database.content(&piece);
            sink.database(&piece)?;
        } else if let Some(inside) = in_folders(&path) {
            if in_database {
                in_database = false;
                sink.end_of_database()?;
            }
            files.entry(&name, size);
            let mut content = Tallied { from: &mut entry, tally: &mut files };
            sink.file(inside, &mut content)?;
            io::copy(&mut content, &mut io::sink()).map_err(damaged)?;
        } else {
            return Err(BackupError::Damaged(format!("unexpected entry {name}")));
        }
    }
    if in_database {
        sink.end_of_database()?;
    }
    // The envelope proves at its very end that nothing was cut off.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(damaged)?;
    let manifest = manifest.ok_or_else(|| BackupError::Damaged("no manifest".into()))?;
    if manifest.database != database.finish() || manifest.files != files.finish() {
        return Err(BackupError::Damaged("the content is not what the manifest says".into()));
    }
    Ok(manifest)
}

fn check_mark(from: &Path, name: &str, entry: &mut impl Read) -> Result<(), BackupError> {
    let mut format = String::new();
    entry.take(64).read_to_string(&mut format).map_err(damaged)?;
    match (name, format.as_str()) {
        (MARK, FORMAT | FORMAT_OF_FILES_ALONE) => Ok(()),
        (MARK, _) => Err(BackupError::NewerFormat(format)),
        _ => Err(BackupError::NotABackup(from.to_owned())),
    }
}

/// The path, if it lies in one of the folders and stays there.
fn in_folders(path: &Path) -> Option<&Path> {
    let below = FOLDERS.iter().find_map(|folder| path.strip_prefix(folder).ok())?;
    let plain = below.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && below.components().next().is_some()).then_some(path)
}
