//! Folders for the clusters of tests.

use database::{Migration, Settings};
use std::{fs::Permissions, os::unix::fs::PermissionsExt, path::Path};
use tempfile::TempDir;

/// A temporary folder that PostgreSQL's user may pass through.
pub fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("bihuan-").tempdir_in("/tmp").unwrap();
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
    folder
}

/// A data folder inside it.
pub fn settings(folder: &Path) -> Settings {
    Settings { data: folder.join("data"), ..Settings::default() }
}

/// A table to write to.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 2,
        name: "guarded",
        sql: "CREATE TABLE guarded (id bigint PRIMARY KEY); REVOKE UPDATE, DELETE ON guarded FROM bihuan_app",
    },
    Migration {
        version: 1,
        name: "note",
        sql: "CREATE EXTENSION IF NOT EXISTS pg_trgm;
              CREATE TABLE note (id bigserial PRIMARY KEY, words text NOT NULL, file text);
              CREATE INDEX ON note USING gin (words gin_trgm_ops)",
    },
];
