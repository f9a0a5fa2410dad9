//! A template database for a set of migrations: made once, copied for every test.

use crate::cluster::superuser;
use anyhow::Result;
use database::{Migration, OWNER_ROLE, advisory, cluster::Endpoint};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgPoolOptions};

/// The name of the template of these migrations, which is made if it is missing.
pub(crate) async fn ready(endpoint: &Endpoint, connection: &mut PgConnection, migrations: &[Migration]) -> Result<String> {
    let name = name(migrations);
    if exists(connection, &name).await? {
        return Ok(name);
    }
    let lock = advisory::key(&name);
    sqlx::query("SELECT pg_advisory_lock($1)").bind(lock).execute(&mut *connection).await?;
    let made = if exists(connection, &name).await? { Ok(()) } else { make(endpoint, connection, &name, migrations).await };
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(lock).execute(&mut *connection).await?;
    made.map(|()| name)
}

fn name(migrations: &[Migration]) -> String {
    let mut digest = Sha256::new();
    for step in migrations {
        digest.update(step.version.to_be_bytes());
        digest.update(step.sql.as_bytes());
        digest.update([0]);
    }
    format!("template_{}", &hex::encode(digest.finalize())[..24])
}

async fn exists(connection: &mut PgConnection, name: &str) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)").bind(name).fetch_one(connection).await?)
}

/// Made under another name and renamed when whole, so that a killed test leaves no half template.
async fn make(endpoint: &Endpoint, connection: &mut PgConnection, name: &str, migrations: &[Migration]) -> Result<()> {
    let half = format!("half_{name}");
    for statement in [
        format!("DROP DATABASE IF EXISTS {half} WITH (FORCE)"),
        format!("CREATE DATABASE {half} OWNER {OWNER_ROLE} TEMPLATE template0 ENCODING 'UTF8'"),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *connection).await?;
    }
    let mut inside = superuser(endpoint, &half).await?;
    database::hand_over(&mut inside).await?;
    inside.close().await?;
    let owner = PgPoolOptions::new().max_connections(1).connect_with(endpoint.options(OWNER_ROLE, &half)).await?;
    let migrated = database::migrate(&owner, migrations).await;
    owner.close().await;
    migrated?;
    sqlx::raw_sql(AssertSqlSafe(format!("ALTER DATABASE {half} RENAME TO {name}"))).execute(&mut *connection).await?;
    Ok(())
}
