//! The schema's steps, run once each, in order, under a lock, with their checksums kept.

use crate::{DatabaseError, Result, error::sql};
use sqlx::{
    PgPool, SqlSafeStr,
    migrate::{MigrateError, MigrationType, Migrator},
};

/// One step of the schema (迁移). Each crate lists its own; the version ranges do not overlap.
///
/// A step runs as the owner of the tables. On a server of one's own the role `bihuan_app` may be missing:
/// a step that revokes from it asks `pg_roles` first.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The order, unique in the whole program.
    pub version: i64,
    /// What it brings, for people.
    pub name: &'static str,
    /// The statements.
    pub sql: &'static str,
}

/// Applies the steps that are missing, in the order of their versions. An applied step whose text was changed, and a
/// database that knows more steps than this program, are refused.
pub async fn migrate(owner_pool: &PgPool, migrations: &[Migration]) -> Result<()> {
    let steps = migrations
        .iter()
        .map(|step| sqlx::migrate::Migration::new(step.version, step.name.into(), MigrationType::Simple, step.sql.into_sql_str(), false))
        .collect();
    let migrator = Migrator::with_migrations(steps);
    migrator.run(owner_pool).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => DatabaseError::NewerDatabase { version },
        MigrateError::VersionMismatch(version) => DatabaseError::ChangedMigration { version },
        other => DatabaseError::Migrate(other),
    })?;
    // The default privileges reach the list of steps too; the program has no business writing there.
    sqlx::raw_sql(
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'bihuan_app') THEN
           REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM bihuan_app; END IF; END $$",
    )
    .execute(owner_pool)
    .await
    .map_err(sql("REVOKE ON _sqlx_migrations"))?;
    Ok(())
}
