//! Honest closing against a real PostgreSQL.

mod pairings;
mod patterns;
mod rechecks;
mod scene;
mod settings;
mod suspicions;
