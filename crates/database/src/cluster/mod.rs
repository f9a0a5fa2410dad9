//! The embedded PostgreSQL (内置数据库): a private cluster in the data folder that this process starts, watches and stops.
//!
//! The folder and the socket are open to PostgreSQL's user alone, there is no TCP, and nobody is trusted: the kernel
//! tells PostgreSQL who is calling (peer authentication), a map says which role that user may take.

mod account;
mod configuration;
mod endpoint;
mod folder;
mod journal;
mod leftover;
mod making;
mod programs;
mod supervisor;

pub use account::Account;
pub use configuration::Profile;
pub use endpoint::{DATABASE, Endpoint, SUPERUSER};
pub use folder::{Folder, Lock};
pub use programs::Programs;

use crate::{DatabaseError, Result, Settings, error::sql, roles};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use supervisor::Supervisor;

/// A running embedded cluster. Dropping it stops PostgreSQL cleanly.
#[derive(Debug)]
pub struct Cluster {
    endpoint: Endpoint,
    folder: Folder,
    programs: Programs,
    supervisor: Supervisor,
    // Declared last: the folder is let go only when PostgreSQL has stopped.
    _lock: Lock,
}

impl Cluster {
    /// Makes the cluster where it is missing, starts it and waits until it answers.
    pub async fn start(settings: &Settings) -> Result<Self> {
        Self::start_as(settings, Profile::Durable).await
    }

    /// As [`Cluster::start`], with another weighing of safety and speed.
    pub async fn start_as(settings: &Settings, profile: Profile) -> Result<Self> {
        let folder = Folder::prepare(&settings.data)?;
        let lock = folder.lock()?;
        if folder.data().join(crate::backup::restore::UNFINISHED).exists() {
            return Err(DatabaseError::HalfRestored { data: folder.data().to_owned() });
        }
        crate::upgrade::undo_unfinished(&folder)?;
        let programs = Programs::for_cluster(settings.pg_bin.as_deref(), folder.version()?)?;
        if let Some(cluster) = folder.version()?
            && cluster != programs.version()
        {
            return Err(DatabaseError::OtherVersion { cluster, programs: programs.version(), bin: programs.folder().to_owned() });
        }
        Self::start_locked(folder, lock, programs, profile).await
    }

    /// Starts a cluster whose folder is already held, with given programs.
    pub async fn start_locked(folder: Folder, lock: Lock, programs: Programs, profile: Profile) -> Result<Self> {
        folder.check_account()?;
        leftover::stop_what_was_left(&folder).await?;
        let new = folder.version()?.is_none();
        if new {
            making::make(&folder, &programs, profile).await?;
        }
        configuration::write(&folder, profile)?;
        let endpoint = folder.endpoint().clone();
        let supervisor = Supervisor::start(&folder, &programs, &endpoint).await?;
        let cluster = Self { endpoint, folder, programs, supervisor, _lock: lock };
        cluster.furnish().await?;
        if new && profile == Profile::Durable {
            journal::make_files(&mut cluster.connect(SUPERUSER, "postgres").await?).await?;
        }
        Ok(cluster)
    }

    /// How to reach it.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Where it stands.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The programs it runs.
    pub fn programs(&self) -> &Programs {
        &self.programs
    }

    /// The process of the postmaster; none for the moment in which a killed one is being started again.
    pub fn process(&self) -> Option<u32> {
        self.supervisor.process()
    }

    /// Stops PostgreSQL cleanly (fast shutdown: open transactions end, a checkpoint is written).
    pub async fn stop(self) -> Result<()> {
        let supervisor = self.supervisor.clone();
        // A checkpoint may take its time: it is waited for away from the runtime's workers.
        tokio::task::spawn_blocking(move || supervisor.stop()).await.unwrap_or(Ok(()))
    }

    /// Leaves PostgreSQL running after this process; only test clusters are left so.
    pub fn leave_running(self) {
        self.supervisor.leave_running();
    }

    /// Roles, the database and its owner: made once, looked at on every start, as a kill may fall between two of them.
    async fn furnish(&self) -> Result<()> {
        let mut superuser = self.connect(SUPERUSER, "postgres").await?;
        roles::create_roles(&mut superuser).await?;
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)")
            .bind(DATABASE)
            .fetch_one(&mut superuser)
            .await
            .map_err(sql("SELECT pg_database"))?;
        if !exists {
            sqlx::raw_sql(AssertSqlSafe(format!(
                "CREATE DATABASE {DATABASE} OWNER {} TEMPLATE template0 ENCODING 'UTF8'",
                crate::OWNER_ROLE
            )))
            .execute(&mut superuser)
            .await
            .map_err(sql("CREATE DATABASE"))?;
        }
        superuser.close().await.map_err(sql("disconnect"))?;
        let mut superuser = self.connect(SUPERUSER, DATABASE).await?;
        let ours: bool = sqlx::query_scalar(
            "SELECT nspowner = (SELECT oid FROM pg_roles WHERE rolname = 'bihuan_owner') FROM pg_namespace WHERE nspname = 'public'",
        )
        .fetch_one(&mut superuser)
        .await
        .map_err(sql("SELECT pg_namespace"))?;
        if !ours {
            roles::hand_over(&mut superuser).await?;
        }
        superuser.close().await.map_err(sql("disconnect"))
    }

    async fn connect(&self, role: &str, database: &str) -> Result<PgConnection> {
        PgConnection::connect_with(&self.endpoint.options(role, database)).await.map_err(sql("connect to the embedded PostgreSQL"))
    }
}
