//! What tests stand on: one real PostgreSQL for the whole run, and a database of its own for each test.
//!
//! ```no_run
//! # async fn test(migrations: &[database::Migration]) {
//! let test = testkit::fresh(&[migrations]).await;
//! sqlx::query("SELECT 1").execute(test.database.pool()).await.unwrap();
//! # }
//! ```
//!
//! Invariant: only tests know this crate.

pub mod cluster;
mod fresh;
#[cfg(feature = "house")]
pub mod house;
mod template;

pub use fresh::{TestDatabase, fresh};
