//! What can go wrong with a backup, said to the operator.

use crate::DatabaseError;
use std::path::PathBuf;

/// An error of backing up or restoring.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something stands where the backup should go.
    #[error("{0} 已存在，不会覆盖。{0} exists and is not overwritten.")]
    Exists(PathBuf),
    /// The file is no backup.
    #[error("{0} 不是 Bihuan 备份文件，或文件头已损坏。{0} is not a backup of Bihuan, or its head is damaged.")]
    NotABackup(PathBuf),
    /// The passphrase does not open it.
    #[error("口令不正确，备份无法解密。未改动任何数据。The passphrase is wrong: the backup cannot be decrypted. Nothing was touched.")]
    WrongPassphrase,
    /// Cut off or altered.
    #[error("备份文件不完整或已损坏（{0}）。未恢复任何数据。The backup is cut off or damaged ({0}). Nothing was restored.")]
    Damaged(String),
    /// Made by a later format.
    #[error("备份格式 {0} 比本程序新，请使用更新版本的 Bihuan。The backup's format {0} is newer than this program; use a newer Bihuan.")]
    NewerFormat(String),
    /// There is something where the backup should be restored.
    #[error(
        "目标 {0} 不是空的。请恢复到空的数据目录（或空数据库）。The target {0} is not empty. Restore into an empty data folder (and an empty database)."
    )]
    NotEmpty(String),
    /// The named master key is no master key.
    #[error("主密钥文件 {0} 无法使用：应为 32 字节的密钥文件。The master key file {0} cannot be used: it should be a key of 32 bytes.")]
    MasterKey(PathBuf),
    /// What was restored is not what was backed up.
    #[error(
        "恢复后的行数与清单不符（{table}：清单 {expected}，实际 {found}）。已撤销恢复。After restoring, {table} has {found} rows instead of {expected}. The restoring was undone."
    )]
    Counts {
        /// The table.
        table: String,
        /// The rows it should have.
        expected: i64,
        /// The rows it has.
        found: i64,
    },
    /// The programs that can read the old cluster are missing.
    #[error(
        "升级需要 PostgreSQL {version} 的程序来读取旧数据库，但在 {looked} 没有找到。请安装 postgresql-{version}，或用 BIHUAN_PG_OLD_BIN 指明其 bin 目录。数据未被改动。\n\
         Upgrading needs the programs of PostgreSQL {version} to read the old database; there are none in {looked}. Install postgresql-{version}, or name their folder in BIHUAN_PG_OLD_BIN. Nothing was changed."
    )]
    NoOldPrograms {
        /// The old cluster's version.
        version: u32,
        /// Where they were looked for.
        looked: PathBuf,
    },
    /// The database refused.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Work on the file system failed.
    #[error("{path}: {source}")]
    Io {
        /// On which path.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
}

/// Says on which path an input or output failed.
pub(super) fn at(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> BackupError {
    move |source| BackupError::Io { path: path.to_owned(), source }
}

/// Trouble while reading the backup itself.
pub(super) fn damaged(error: std::io::Error) -> BackupError {
    BackupError::Damaged(error.to_string())
}
