//! The cluster that all tests share. nextest runs each test in a process of its own: the first one starts the cluster
//! and leaves it running for the others, `make test` stops it in the end.

use anyhow::{Context, Result};
use database::{
    Cluster, Settings,
    cluster::{Endpoint, Folder, Profile, SUPERUSER},
};
use nix::fcntl::{Flock, FlockArg};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    fs::{File, OpenOptions},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// More templates than this are the leavings of many edits of the migrations.
const MOST_TEMPLATES: usize = 12;

/// Where the shared cluster stands: `BIHUAN_TEST_CLUSTER`, or `target/test-cluster`, or, where PostgreSQL's user may
/// not enter the workspace, a folder in /tmp that is named after the workspace.
pub fn place() -> PathBuf {
    if let Some(named) = std::env::var_os("BIHUAN_TEST_CLUSTER").filter(|value| !value.is_empty()) {
        return PathBuf::from(named);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize().unwrap_or(workspace);
    let target = workspace.join("target");
    let open_to_others = target.ancestors().filter_map(|folder| folder.metadata().ok()).all(|meta| meta.mode() & 0o001 != 0);
    if open_to_others || !nix::unistd::geteuid().is_root() {
        return target.join("test-cluster");
    }
    let digest = hex::encode(Sha256::digest(workspace.as_os_str().as_encoded_bytes()));
    Path::new("/tmp").join(format!("bihuan-test-cluster-{}", &digest[..12]))
}

/// The running shared cluster, started if need be.
pub async fn running() -> Result<Endpoint> {
    let settings = settings();
    let folder = Folder::prepare(&settings.data)?;
    let endpoint = folder.endpoint().clone();
    // Asked under the lock too: while one process starts the cluster, no other makes databases that the sweep would take.
    let turn = take_turn(folder.data()).await?;
    if !answers(&endpoint).await {
        let cluster = Cluster::start_as(&settings, Profile::Disposable).await.context("start the test cluster")?;
        sweep(cluster.endpoint()).await?;
        cluster.leave_running();
    }
    drop(turn);
    Ok(endpoint)
}

/// Stops the shared cluster if it runs. Says whether it did.
pub async fn stop() -> Result<bool> {
    let settings = settings();
    if !settings.data.exists() {
        return Ok(false);
    }
    let folder = Folder::prepare(&settings.data)?;
    let _turn = take_turn(folder.data()).await?;
    if !answers(folder.endpoint()).await {
        return Ok(false);
    }
    // A start stops what runs on the folder and takes it over: the way that is safe against strangers' processes.
    Cluster::start_as(&settings, Profile::Disposable).await?.stop().await?;
    Ok(true)
}

pub(crate) async fn superuser(endpoint: &Endpoint, database: &str) -> Result<PgConnection> {
    PgConnection::connect_with(&endpoint.options(SUPERUSER, database)).await.context("connect to the test cluster")
}

fn settings() -> Settings {
    Settings { database_url: None, ..Settings::from_environment(place()) }
}

async fn answers(endpoint: &Endpoint) -> bool {
    if !endpoint.socket().exists() {
        return false;
    }
    let Ok(mut connection) = superuser(endpoint, "postgres").await else { return false };
    // The roles are the last thing a starting process makes in this database.
    sqlx::query("SELECT 1 FROM pg_database WHERE datname = 'bihuan'").fetch_one(&mut connection).await.is_ok()
}

async fn take_turn(folder: &Path) -> Result<Flock<File>> {
    let path = folder.join("turn");
    tokio::task::spawn_blocking(move || {
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path)?;
        Flock::lock(file, FlockArg::LockExclusive).map_err(|(_, errno)| anyhow::Error::from(errno))
    })
    .await?
}

/// Drops the databases of killed tests, and the templates when there are too many.
async fn sweep(endpoint: &Endpoint) -> Result<()> {
    let mut connection = superuser(endpoint, "postgres").await?;
    let names: Vec<String> = sqlx::query_scalar("SELECT datname FROM pg_database").fetch_all(&mut connection).await?;
    let templates = names.iter().filter(|name| name.starts_with("template_")).count();
    for name in names {
        if name.starts_with("test_") || (templates > MOST_TEMPLATES && name.starts_with("template_")) {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP DATABASE \"{name}\" WITH (FORCE)"))).execute(&mut connection).await?;
        }
    }
    connection.close().await?;
    Ok(())
}
