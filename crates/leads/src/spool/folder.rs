//! The spool's folder: one sealed file a report, written whole or not at all, on the disk before anybody hears of it.

use std::{
    fs::{self, File, OpenOptions, Permissions, TryLockError},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    time::SystemTime,
};

use docket::vault::Vault;

use super::{Line, entry::Entry};

/// What the files are sealed for.
const PURPOSE: &str = "leads.spool";
/// The ending of a whole file.
const ENDING: &str = "report";
/// The folder of those that became no lead.
const ASIDE: &str = "aside";
/// No report is larger; what is, is none of ours.
const LARGEST: u64 = 4 * 1024 * 1024;

/// The folder, held by this program alone.
pub(super) struct Folder {
    path: PathBuf,
    vault: Vault,
    /// Held as long as the folder is.
    _lock: File,
}

/// What a start finds.
pub(super) struct Found {
    pub waiting: Vec<(u64, Line)>,
    pub aside: usize,
    pub aside_bytes: u64,
    /// The highest number that was given.
    pub last: Option<u64>,
}

/// What lies in a spool's folder, for whoever looks from outside.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shelf {
    /// Reports that wait.
    pub waiting: usize,
    /// When the oldest of them came in.
    pub oldest: Option<SystemTime>,
    /// Reports that were put aside.
    pub aside: usize,
}

/// Looks into a spool's folder without opening a report; an absent folder is empty.
///
/// # Errors
/// The disk's.
pub fn look(folder: &Path) -> io::Result<Shelf> {
    let mut shelf = Shelf::default();
    for (_, path) in numbered(folder)? {
        let at = fs::metadata(&path).and_then(|meta| meta.modified()).ok();
        shelf.waiting += 1;
        shelf.oldest = shelf.oldest.into_iter().chain(at).min();
    }
    shelf.aside = numbered(&folder.join(ASIDE))?.len();
    Ok(shelf)
}

/// The whole files of a folder, by number.
fn numbered(folder: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == ENDING)
            && let Some(number) = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok())
        {
            found.push((number, path));
        }
    }
    found.sort_by_key(|(number, _)| *number);
    Ok(found)
}

fn make(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    fs::set_permissions(path, Permissions::from_mode(0o700))
}

impl Folder {
    /// Takes the folder; nothing where another program has it.
    pub(super) fn open(path: &Path, vault: Vault) -> io::Result<Option<Self>> {
        make(path)?;
        make(&path.join(ASIDE))?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // What a crash left half written was never answered.
        for entry in fs::read_dir(path)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "part") {
                fs::remove_file(path)?;
            }
        }
        Ok(Some(Self { path: path.to_owned(), vault, _lock: lock }))
    }

    /// Reads what waits; what does not open is put aside.
    pub(super) fn read_all(&self) -> io::Result<Found> {
        let mut found = Found { waiting: Vec::new(), aside: 0, aside_bytes: 0, last: None };
        for (number, path) in numbered(&self.path)? {
            found.last = Some(number);
            match self.read(number) {
                Ok(Some(entry)) => found.waiting.push((number, Line { bytes: fs::metadata(&path)?.len(), ..entry.line() })),
                Ok(None) => self.put_aside(number, "unreadable")?,
                // A bad sector under one report: the others go on, and it is looked at again at the next start.
                Err(error) => tracing::error!(number, %error, "a report of the spool cannot be read from the disk"),
            }
        }
        for (number, path) in numbered(&self.path.join(ASIDE))? {
            found.last = found.last.max(Some(number));
            found.aside += 1;
            found.aside_bytes += fs::metadata(path)?.len();
        }
        Ok(found)
    }

    /// Writes a report; it is on the disk when this returns. Answers its bytes.
    pub(super) fn write(&self, number: u64, entry: &Entry) -> io::Result<u64> {
        let plain = serde_json::to_vec(entry).map_err(io::Error::other)?;
        let sealed = self.vault.seal_aside(PURPOSE, &number.to_string(), &plain);
        let (unfinished, whole) = (self.path.join(format!("{number:020}.part")), self.file(number));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        let written = file.write_all(&sealed).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&unfinished, &whole));
        if let Err(error) = written.and_then(|()| self.sync()) {
            // Nobody was told that it is kept, and the room is needed.
            let _ = fs::remove_file(&unfinished);
            let _ = fs::remove_file(&whole);
            return Err(error);
        }
        Ok(sealed.len() as u64)
    }

    /// A report; nothing where the file does not open or does not read.
    pub(super) fn read(&self, number: u64) -> io::Result<Option<Entry>> {
        let path = self.file(number);
        if fs::metadata(&path)?.len() > LARGEST {
            return Ok(None);
        }
        let plain = self.vault.open_aside(PURPOSE, &number.to_string(), &fs::read(path)?);
        Ok(plain.and_then(|plain| serde_json::from_slice(&plain).ok()))
    }

    /// Takes a report away that is a lead now.
    pub(super) fn remove(&self, number: u64) -> io::Result<()> {
        fs::remove_file(self.file(number))?;
        self.sync()
    }

    /// Puts a report aside that cannot become a lead, for a person to see.
    pub(super) fn put_aside(&self, number: u64, why: &'static str) -> io::Result<()> {
        let file = self.file(number);
        let aside = self.path.join(ASIDE);
        fs::rename(&file, aside.join(file.file_name().unwrap_or_default()))?;
        File::open(&aside)?.sync_all()?;
        self.sync()?;
        tracing::error!(number, why, "a report of the spool was put aside; see `bihuan admin doctor`");
        Ok(())
    }

    fn file(&self, number: u64) -> PathBuf {
        self.path.join(format!("{number:020}.{ENDING}"))
    }

    fn sync(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()
    }
}
