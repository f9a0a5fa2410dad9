//! What can go wrong with the database, said in Chinese and English to the person who runs the program.

use std::path::{Path, PathBuf};

/// An error of the database room; its text tells the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No PostgreSQL programs anywhere.
    #[error(
        "找不到 PostgreSQL 程序。请安装 PostgreSQL 15 或更高版本（Debian：apt-get install postgresql-15），或用环境变量 BIHUAN_PG_BIN 指明其 bin 目录。\n\
         No PostgreSQL programs were found. Install PostgreSQL 15 or later, or name their folder in BIHUAN_PG_BIN. Looked in: {looked}"
    )]
    BinariesNotFound {
        /// The folders that were tried, separated by commas.
        looked: String,
    },
    /// The programs are older than the program supports.
    #[error(
        "PostgreSQL 版本过低：{bin} 是 {found}，需要 15 或更高版本。\n\
         PostgreSQL is too old: {bin} is {found}, 15 or later is needed."
    )]
    TooOld {
        /// The folder of the programs.
        bin: PathBuf,
        /// Their major version.
        found: u32,
    },
    /// Another Bihuan holds the data folder.
    #[error(
        "数据目录 {data} 正被另一个 Bihuan 进程使用{holder}。请先停止它，或换一个 BIHUAN_DATA。\n\
         Another Bihuan process is using the data folder {data}{holder}. Stop it first, or choose another BIHUAN_DATA."
    )]
    InUse {
        /// The data folder.
        data: PathBuf,
        /// "（进程号 / pid 123）" where it is known.
        holder: String,
    },
    /// A restoring was cut off.
    #[error(
        "数据目录 {data} 中有一次未完成的恢复，数据不完整。请清空该目录后重新运行 `bihuan admin restore`。\n\
         A restoring into {data} was cut off, its data are incomplete. Empty the folder and run `bihuan admin restore` again."
    )]
    HalfRestored {
        /// The data folder.
        data: PathBuf,
    },
    /// The cluster was made by another major version.
    #[error(
        "数据目录中的数据库由 PostgreSQL {cluster} 建立，而现有程序是 PostgreSQL {programs}（{bin}）。数据未被改动。\
         请运行 `bihuan admin upgrade-database` 升级数据库，或安装 PostgreSQL {cluster} 后再启动。\n\
         The database in the data folder was made by PostgreSQL {cluster}, the programs here are PostgreSQL {programs} ({bin}). Nothing was changed. \
         Run `bihuan admin upgrade-database`, or install PostgreSQL {cluster} and start again."
    )]
    OtherVersion {
        /// The cluster's major version.
        cluster: u32,
        /// The programs' major version.
        programs: u32,
        /// The folder of the programs.
        bin: PathBuf,
    },
    /// PostgreSQL's own user cannot reach the folder.
    #[error(
        "以 root 运行时 PostgreSQL 改用系统用户 {user}，但该用户无法进入目录 {folder}。请执行 chmod o+x {folder}，或把 BIHUAN_DATA 放到别处（例如 /var/lib/bihuan）。\n\
         Started by root, PostgreSQL runs as the system user {user}, who cannot enter {folder}. Run chmod o+x {folder}, or put BIHUAN_DATA elsewhere (for example /var/lib/bihuan)."
    )]
    NotTraversable {
        /// The user PostgreSQL runs as.
        user: String,
        /// The folder that stops it.
        folder: PathBuf,
    },
    /// The process's user has no name, which PostgreSQL needs.
    #[error(
        "当前用户（uid {uid}）在系统用户表中没有名字，PostgreSQL 无法以它运行。请在 /etc/passwd 中加入该用户。\n\
         The current user (uid {uid}) has no name in the system's user table; PostgreSQL cannot run as it. Add it to /etc/passwd."
    )]
    NamelessUser {
        /// The user's number.
        uid: u32,
    },
    /// The folder belongs to somebody else.
    #[error(
        "目录 {folder} 属于另一个用户（uid {found}），应属于 uid {expected}。请用原来的用户启动，或修正目录的属主。\n\
         The folder {folder} belongs to uid {found}, not to uid {expected}. Start as the user that made it, or correct its owner."
    )]
    ForeignFolder {
        /// The folder.
        folder: PathBuf,
        /// Its owner.
        found: u32,
        /// The owner it should have.
        expected: u32,
    },
    /// A PostgreSQL program ended with an error.
    #[error("PostgreSQL 的 {program} 失败。The PostgreSQL program {program} failed: {said}")]
    Program {
        /// initdb, postgres, pg_dump …
        program: &'static str,
        /// The end of what it wrote.
        said: String,
    },
    /// The server did not answer in time.
    #[error("PostgreSQL 未能在 {seconds} 秒内就绪。PostgreSQL was not ready within {seconds} s: {said}")]
    NotReady {
        /// How long was waited.
        seconds: u64,
        /// The end of its log.
        said: String,
    },
    /// A still-running server of this folder did not stop.
    #[error("原有的 PostgreSQL（进程号 {pid}）没有停止。The PostgreSQL left behind (pid {pid}) did not stop.")]
    WouldNotStop {
        /// Its process.
        pid: i32,
    },
    /// The database holds migrations this program does not know.
    #[error(
        "数据库的结构比本程序新（迁移 {version} 未知）。请使用更新版本的 Bihuan。\n\
         The database is newer than this program (migration {version} is unknown to it). Use a newer Bihuan."
    )]
    NewerDatabase {
        /// The unknown migration.
        version: i64,
    },
    /// An applied migration was changed afterwards.
    #[error(
        "迁移 {version} 在执行之后被改动，已拒绝启动。\n\
         Migration {version} was changed after it had been applied; refusing to go on."
    )]
    ChangedMigration {
        /// The changed migration.
        version: i64,
    },
    /// A migration failed.
    #[error("数据库迁移失败。A migration failed: {0}")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// Work on the file system failed.
    #[error("{what} {path}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// On which path.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The server refused.
    #[error("{what}: {source}")]
    Sql {
        /// What was tried.
        what: &'static str,
        /// The cause.
        source: sqlx::Error,
    },
}

/// Says on which path an input or output failed.
pub(crate) fn io(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> DatabaseError {
    move |source| DatabaseError::Io { what, path: path.to_owned(), source }
}

/// Says which statement failed.
pub(crate) fn sql(what: &'static str) -> impl FnOnce(sqlx::Error) -> DatabaseError {
    move |source| DatabaseError::Sql { what, source }
}
