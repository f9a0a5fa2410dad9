//! Advisory locks by name: one holder in the whole database, whoever the process is.

use crate::{Result, error::sql};
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgPool, Postgres, pool::PoolConnection};

/// The number that PostgreSQL knows a named lock by.
pub fn key(name: &str) -> i64 {
    let digest = Sha256::digest(name.as_bytes());
    let mut first = [0u8; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}

/// Waits for the lock; it is let go at the end of the transaction.
pub async fn lock_in_transaction(transaction: &mut PgConnection, name: &str) -> Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key(name)).execute(transaction).await.map_err(sql("advisory lock"))?;
    Ok(())
}

/// Takes the lock for the rest of the transaction if nobody has it.
pub async fn try_lock_in_transaction(transaction: &mut PgConnection, name: &str) -> Result<bool> {
    sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)").bind(key(name)).fetch_one(transaction).await.map_err(sql("advisory lock"))
}

/// A lock held by a connection of its own, for work that spans transactions (one scheduler among many nodes).
#[derive(Debug)]
pub struct Held {
    connection: Option<PoolConnection<Postgres>>,
}

impl Held {
    /// Whether the connection, and with it the lock, is still alive.
    pub async fn is_alive(&mut self) -> bool {
        match &mut self.connection {
            Some(connection) => sqlx::query("SELECT 1").execute(&mut **connection).await.is_ok(),
            None => false,
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The lock ends with its session: the connection is closed, never given back to the pool.
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }
}

/// Takes the lock on a connection of its own if nobody has it.
pub async fn try_hold(pool: &PgPool, name: &str) -> Result<Option<Held>> {
    let mut connection = pool.acquire().await.map_err(sql("advisory lock"))?;
    let taken: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(key(name))
        .fetch_one(&mut *connection)
        .await
        .map_err(sql("advisory lock"))?;
    Ok(taken.then_some(Held { connection: Some(connection) }))
}
