//! Where the data are and which PostgreSQL serves them.

use std::path::PathBuf;

/// What `open` needs to know (数据库设置).
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The data folder, `BIHUAN_DATA`: the private cluster, the files and the keys stand in it.
    pub data: PathBuf,
    /// The folder of the PostgreSQL programs, `BIHUAN_PG_BIN`; without it they are looked for.
    pub pg_bin: Option<PathBuf>,
    /// A server of one's own, `DATABASE_URL`; with it no embedded cluster is started.
    pub database_url: Option<String>,
}

impl Settings {
    /// The settings of this data folder that the environment names (`BIHUAN_PG_BIN`, `DATABASE_URL`).
    pub fn from_environment(data: impl Into<PathBuf>) -> Self {
        let given = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self { data: data.into(), pg_bin: given("BIHUAN_PG_BIN").map(PathBuf::from), database_url: given("DATABASE_URL") }
    }
}
