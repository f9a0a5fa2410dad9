//! Backup (备份) and restoring (恢复): database, files and wrapped keys as one consistent point, in one encrypted file.
//!
//! The file is a tar in an age envelope that a passphrase opens. Its entries, in this order: `bihuan-backup` (the
//! format), `database/…` (a pg_dump archive of one snapshot, in pieces), `files/…`, `imports/…` and `calendar/…` (the
//! folders of that name), `manifest.json` (what was in it, written last, when it is known). Nothing unencrypted touches
//! the disk on the way.
//!
//! Files that are kept in a bucket ([`Bucket`]) are in it like those of the folder, under the same names: what was backed up from the one may
//! be restored into the other.
//!
//! One point: the snapshot is taken first, the files after it. A file is stored before the row that names it and never
//! changes, so every file that the snapshot names is there; an imported file as well.
//!
//! The master key is never part of it: whoever finds a backup and its passphrase opens no sealed name or telephone. What
//! people typed into free text, and the files that were imported, are in it as they are.

mod bucket;
pub(crate) mod counts;
mod create;
mod envelope;
mod error;
mod reader;
pub(crate) mod restore;
mod writer;

pub use bucket::Bucket;
pub use create::{Request, WORK, create};
pub use error::BackupError;
pub use restore::{RestoreRequest, restore};

pub use age::secrecy::SecretString;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first entry's name.
const MARK: &str = "bihuan-backup";
/// The format of the entries.
const FORMAT: &str = "2";
/// The format before imports and calendar were in it; still restored.
const FORMAT_OF_FILES_ALONE: &str = "1";
/// The folders of the data folder that are in a backup: photos and documents, imported files, yearly holiday notices.
const FOLDERS: [&str; 3] = [FILES, "imports", "calendar"];
/// The folder of photos and documents, which a bucket may take the place of.
const FILES: &str = "files";
/// Where the database's archive stands in the backup.
const ARCHIVE: &str = "database";
/// The last entry's name.
const MANIFEST: &str = "manifest.json";

/// The master key's place in a data folder (主密钥).
pub const MASTER_KEY: &str = "keys/master.key";

/// What a backup holds, written into it last and checked before anything is restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program that wrote it.
    pub program: String,
    /// When the snapshot was taken.
    pub made_at: DateTime<Utc>,
    /// The PostgreSQL that was dumped.
    pub postgres: String,
    /// The newest migration of the schema.
    pub migration: i64,
    /// The rows of each table in the snapshot.
    pub tables: BTreeMap<String, i64>,
    /// The database's archive.
    pub database: Part,
    /// The files of all folders, in the order in which they are written.
    pub files: Part,
}

/// A part of a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Pieces of the archive, or files.
    pub entries: u64,
    /// Their size.
    pub bytes: u64,
    /// SHA-256 over all entries: name, size and content of each.
    pub sha256: String,
}
