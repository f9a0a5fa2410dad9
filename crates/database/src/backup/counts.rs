//! How many rows each table has.

use crate::{DatabaseError, error::sql};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use std::collections::BTreeMap;

/// The rows of every table of ours, as the connection's snapshot sees them.
pub(crate) async fn rows(connection: &mut PgConnection) -> Result<BTreeMap<String, i64>, DatabaseError> {
    // Partitioned tables are counted through their partitions; tables of extensions are not ours.
    let tables = sqlx::query(
        "SELECT format('%I.%I', n.nspname, c.relname) AS quoted, n.nspname || '.' || c.relname AS name
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema$)'
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
         ORDER BY 1",
    )
    .fetch_all(&mut *connection)
    .await
    .map_err(sql("list the tables"))?;
    let mut counts = BTreeMap::new();
    for table in tables {
        let quoted: String = table.get("quoted");
        let count = sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {quoted}")))
            .fetch_one(&mut *connection)
            .await
            .map_err(sql("count the rows"))?;
        counts.insert(table.get("name"), count);
    }
    Ok(counts)
}

/// The newest migration; 0 in a database without any.
pub(crate) async fn newest_migration(connection: &mut PgConnection) -> Result<i64, DatabaseError> {
    let migrated: bool = sqlx::query_scalar("SELECT to_regclass('public._sqlx_migrations') IS NOT NULL")
        .fetch_one(&mut *connection)
        .await
        .map_err(sql("look for migrations"))?;
    if !migrated {
        return Ok(0);
    }
    sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await
        .map_err(sql("read the migrations"))
}

/// Takes a snapshot that other connections can look through, for as long as this transaction lasts.
pub(crate) async fn share_snapshot(transaction: &mut PgConnection) -> Result<String, DatabaseError> {
    sqlx::raw_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        .execute(&mut *transaction)
        .await
        .map_err(sql("SET TRANSACTION"))?;
    // A long dump is no idle transaction.
    sqlx::raw_sql("SET LOCAL idle_in_transaction_session_timeout = 0").execute(&mut *transaction).await.map_err(sql("SET LOCAL"))?;
    sqlx::query_scalar("SELECT pg_export_snapshot()").fetch_one(transaction).await.map_err(sql("pg_export_snapshot"))
}

/// The server's version, for people.
pub(crate) async fn server_version(connection: &mut PgConnection) -> Result<String, DatabaseError> {
    sqlx::query_scalar("SHOW server_version").fetch_one(connection).await.map_err(sql("SHOW server_version"))
}
