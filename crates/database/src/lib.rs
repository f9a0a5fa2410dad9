//! The PostgreSQL room: a private embedded cluster or a given server, the two roles, migrations,
//! advisory locks, listening, keyset cursors, backup and upgrade.
//!
//! Invariants:
//! - only this crate starts, stops or signals a PostgreSQL process;
//! - tables belong to the role `bihuan_owner`; the program works as `bihuan_app`, which owns nothing;
//! - LISTEN/NOTIFY and advisory locks, the parts that other databases do otherwise, are spoken here alone.

pub mod advisory;
mod away;
pub mod backup;
pub mod cluster;
mod error;
pub mod keyset;
pub mod listen;
mod migrate;
mod open;
mod roles;
mod settings;
mod tools;
pub mod upgrade;

pub use away::{is_away, shared};
pub use cluster::Cluster;
pub use error::DatabaseError;
pub use migrate::{Migration, migrate};
pub use open::{Database, Opened, Reach, open, open_beside};
pub use roles::{APP_ROLE, OWNER_ROLE, hand_over};
pub use settings::Settings;

/// The result of this crate's operations.
pub type Result<T> = std::result::Result<T, DatabaseError>;
