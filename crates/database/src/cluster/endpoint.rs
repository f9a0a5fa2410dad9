//! Where the embedded cluster listens.

use super::Folder;
use crate::{Result, Settings};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use std::path::{Path, PathBuf};

/// The program's database inside the cluster.
pub const DATABASE: &str = "bihuan";
/// The cluster's superuser.
pub const SUPERUSER: &str = "postgres";

/// PostgreSQL names its socket after a port, also where there is no TCP.
const PORT: u16 = 5432;

/// The socket of a cluster.
#[derive(Debug, Clone)]
pub struct Endpoint {
    socket_folder: PathBuf,
}

impl Endpoint {
    /// The socket in this folder.
    pub fn new(socket_folder: PathBuf) -> Self {
        Self { socket_folder }
    }

    /// The socket of the cluster that another process of ours runs on this data folder, if one does.
    pub fn of_running(settings: &Settings) -> Result<Option<Self>> {
        let folder = Folder::prepare(&settings.data)?;
        Ok(folder.cluster().join("postmaster.pid").exists().then(|| folder.endpoint().clone()))
    }

    /// The folder of the socket.
    pub fn socket_folder(&self) -> &Path {
        &self.socket_folder
    }

    /// The socket itself.
    pub fn socket(&self) -> PathBuf {
        self.socket_folder.join(format!(".s.PGSQL.{PORT}"))
    }

    /// How to connect as a role.
    pub fn options(&self, role: &str, database: &str) -> PgConnectOptions {
        // Not `new()`: the PG… variables of the environment are about other servers.
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_folder)
            .port(PORT)
            .username(role)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
            .application_name("bihuan")
    }

    /// The arguments with which PostgreSQL's own programs (pg_dump …) connect as a role.
    pub fn arguments(&self, role: &str, database: &str) -> Vec<String> {
        vec![
            "--host".into(),
            self.socket_folder.display().to_string(),
            "--port".into(),
            PORT.to_string(),
            "--username".into(),
            role.into(),
            "--dbname".into(),
            database.into(),
            "--no-password".into(),
        ]
    }
}
