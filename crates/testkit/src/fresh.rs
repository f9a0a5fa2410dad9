//! A database for one test.

use crate::{
    cluster::{self, superuser},
    template,
};
use anyhow::{Context, Result};
use database::{APP_ROLE, Database, Migration, OWNER_ROLE, cluster::Endpoint};
use sqlx::{
    AssertSqlSafe, Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// A migrated, empty database of a test's own; dropped with this value.
#[derive(Debug)]
pub struct TestDatabase {
    /// As the program sees it, role `bihuan_app`.
    pub database: Database,
    /// As the owner of the tables.
    pub owner_pool: PgPool,
    /// The database's name in the shared cluster.
    pub name: String,
    endpoint: Endpoint,
}

/// A new database with these migrations. Panics with the reason when there is none to be had: a test has no other way on.
pub async fn fresh(migrations: &[&[Migration]]) -> TestDatabase {
    match make(&migrations.concat()).await {
        Ok(test) => test,
        Err(error) => panic!("no test database: {error:#}"),
    }
}

async fn make(migrations: &[Migration]) -> Result<TestDatabase> {
    let mut migrations = migrations.to_vec();
    migrations.sort_by_key(|step| step.version);
    let endpoint = cluster::running().await?;
    let mut connection = superuser(&endpoint, "postgres").await?;
    let template = template::ready(&endpoint, &mut connection, &migrations).await?;
    let name = format!("test_{}", uuid::Uuid::new_v4().simple());
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name} OWNER {OWNER_ROLE} TEMPLATE {template}")))
        .execute(&mut connection)
        .await
        .context("CREATE DATABASE")?;
    // Rights on a database are not copied from its template.
    sqlx::raw_sql(AssertSqlSafe(format!("GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {APP_ROLE}"))).execute(&mut connection).await?;
    connection.close().await?;
    let database = Database::from_pool(pool(8).connect_with(endpoint.options(APP_ROLE, &name)).await?);
    let owner_pool = pool(2).connect_with(endpoint.options(OWNER_ROLE, &name)).await?;
    Ok(TestDatabase { database, owner_pool, name, endpoint })
}

impl TestDatabase {
    /// How another connection, or another program, reaches this database as a role.
    pub fn options(&self, role: &str) -> PgConnectOptions {
        self.endpoint.options(role, &self.name)
    }

    /// A `DATABASE_URL` for programs under test that connect by themselves, as the owner.
    pub fn url(&self) -> String {
        let host: String = self.endpoint.socket_folder().display().to_string().replace('%', "%25").replace('/', "%2F");
        format!("postgres://{OWNER_ROLE}@{host}:5432/{}", self.name)
    }
}

fn pool(most: u32) -> PgPoolOptions {
    PgPoolOptions::new().max_connections(most).acquire_timeout(Duration::from_secs(30))
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let endpoint = self.endpoint.clone();
        // The test's runtime may be gone or busy: the farewell has a runtime of its own.
        let farewell = std::thread::spawn(move || -> Result<()> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = superuser(&endpoint, "postgres").await?;
                sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
                Ok(connection.close().await?)
            })
        });
        match farewell.join() {
            Ok(Ok(())) => {}
            // The next start of the cluster sweeps what is left.
            Ok(Err(error)) => tracing::warn!(%error, name = %self.name, "a test database was not dropped"),
            Err(_) => tracing::warn!(name = %self.name, "a test database was not dropped"),
        }
    }
}
