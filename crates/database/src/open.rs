//! Opening the database: the embedded cluster, the one a running server already holds, or a given server.

use crate::{
    APP_ROLE, Cluster, DatabaseError, OWNER_ROLE, Result, Settings,
    cluster::{DATABASE, Endpoint},
    error::sql,
    roles,
};
use sqlx::{
    Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::{Duration, Instant};

/// Two programs beside each other, such as a server and an import, fit into what the embedded cluster allows.
const MOST_CONNECTIONS: u32 = 32;
const MOST_ONE_PLAN: u32 = 4;

/// The connections the program works with; cheap to clone.
#[derive(Debug, Clone)]
pub struct Database {
    pool: PgPool,
    one_plan: PgPool,
}

impl Database {
    /// Wraps a pool that is already connected as the application role.
    pub fn from_pool(pool: PgPool) -> Self {
        Self { one_plan: pool.clone(), pool }
    }

    /// The pool, connected as `bihuan_app`.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// A few connections, as `bihuan_app`, that plan a statement once and keep to that plan whatever is asked for: for a search that runs
    /// one statement many times, whose planning would take longer than its work.
    pub fn one_plan_pool(&self) -> &PgPool {
        &self.one_plan
    }

    /// Whether the server answers now.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// See [`open`].
    pub async fn open(settings: &Settings) -> Result<Opened> {
        open(settings).await
    }
}

/// An opened database.
#[derive(Debug)]
pub struct Opened {
    /// For the program.
    pub database: Database,
    /// For migrations: connected as the owner of the tables.
    pub owner_pool: PgPool,
    /// The embedded cluster when this process started it. Stopped when dropped.
    pub cluster: Option<Cluster>,
    /// How PostgreSQL's own programs reach it.
    pub reach: Reach,
}

/// How PostgreSQL's own programs (pg_dump, pg_restore) reach an opened database.
#[derive(Debug, Clone)]
pub enum Reach {
    /// The socket of an embedded cluster.
    Embedded(Endpoint),
    /// A server of one's own.
    Given(Box<PgConnectOptions>, Option<String>),
}

impl Opened {
    /// Closes the connections and stops the embedded cluster, if this process started it.
    pub async fn close(self) -> Result<()> {
        self.database.pool.close().await;
        self.database.one_plan.close().await;
        self.owner_pool.close().await;
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

/// Opens the database: the server of `DATABASE_URL`, or the embedded cluster, which is made and started here.
/// No other Bihuan process may hold the data folder.
pub async fn open(settings: &Settings) -> Result<Opened> {
    match &settings.database_url {
        Some(url) => open_given(url).await,
        None => {
            let cluster = Cluster::start(settings).await?;
            let endpoint = cluster.endpoint().clone();
            open_endpoint(&endpoint, Some(cluster)).await
        }
    }
}

/// Opens the database beside a running server where there is one, else as [`open`] does: for the commands that work
/// in both cases (backup, import, export, verify).
pub async fn open_beside(settings: &Settings) -> Result<Opened> {
    let since = Instant::now();
    loop {
        let in_use = match open(settings).await {
            Err(error @ DatabaseError::InUse { .. }) => error,
            other => return other,
        };
        let attempt = match Endpoint::of_running(settings)? {
            Some(endpoint) if endpoint.socket().exists() => open_endpoint(&endpoint, None).await,
            _ => Err(in_use),
        };
        // The other one may be starting, or stopping, this very moment.
        match attempt {
            Err(_) if since.elapsed() < Duration::from_secs(20) => tokio::time::sleep(Duration::from_millis(200)).await,
            settled => return settled,
        }
    }
}

async fn open_endpoint(endpoint: &Endpoint, cluster: Option<Cluster>) -> Result<Opened> {
    let options = endpoint.options(APP_ROLE, DATABASE);
    let app = pool_options(MOST_CONNECTIONS).connect_with(options.clone()).await.map_err(sql("connect as bihuan_app"))?;
    let one_plan = pool_options(MOST_ONE_PLAN).after_connect(|connection, _| Box::pin(prepare(connection, false, true)));
    let database = Database { pool: app, one_plan: one_plan.connect_lazy_with(options) };
    let owner = pool_options(4).connect_with(endpoint.options(OWNER_ROLE, DATABASE)).await.map_err(sql("connect as bihuan_owner"))?;
    let reach = Reach::Embedded(endpoint.clone());
    Ok(Opened { database, owner_pool: owner, cluster, reach })
}

async fn open_given(url: &str) -> Result<Opened> {
    let options: PgConnectOptions = url.parse().map_err(sql("DATABASE_URL"))?;
    let options = options.application_name("bihuan");
    let owner = pool_options(4).connect_with(options.clone()).await.map_err(sql("connect to DATABASE_URL"))?;
    let as_app = roles::prepare_given_server(&owner).await;
    let app = pool_options(MOST_CONNECTIONS)
        .after_connect(move |connection, _| Box::pin(prepare(connection, as_app, false)))
        .connect_with(options.clone())
        .await
        .map_err(sql("connect to DATABASE_URL"))?;
    let one_plan = pool_options(MOST_ONE_PLAN).after_connect(move |connection, _| Box::pin(prepare(connection, as_app, true)));
    let database = Database { pool: app, one_plan: one_plan.connect_lazy_with(options.clone()) };
    let reach = Reach::Given(Box::new(options), password_of(url));
    Ok(Opened { database, owner_pool: owner, cluster: None, reach })
}

async fn prepare(connection: &mut PgConnection, as_app: bool, one_plan: bool) -> sqlx::Result<()> {
    if as_app {
        connection.execute("SET ROLE bihuan_app").await?;
    }
    if one_plan {
        connection.execute("SET plan_cache_mode = force_generic_plan").await?;
    }
    Ok(())
}

/// The password of a URL, which the options keep to themselves: other programs take it from their environment.
fn password_of(url: &str) -> Option<String> {
    let authority = url.split_once("://")?.1.split(['/', '?']).next()?;
    let encoded = authority.rsplit_once('@')?.0.split_once(':')?.1.as_bytes();
    let mut password = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while at < encoded.len() {
        let hex = encoded.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match (encoded[at], hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
            (b'%', Some(byte)) => {
                password.push(byte);
                at += 3;
            }
            (byte, _) => {
                password.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(password).ok()
}

fn pool_options(most: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(15))
        // A connection that was in use a moment ago is alive: asking it each time would cost every request a round trip.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(1) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::password_of;

    #[test]
    fn the_password_of_a_url_is_decoded() {
        assert_eq!(password_of("postgres://user:a%40b%2Fc%@host:5432/db?sslmode=disable").as_deref(), Some("a@b/c%"));
        assert_eq!(password_of("postgres://user@host/db"), None);
        assert_eq!(password_of("postgres://host/db"), None);
    }
}
