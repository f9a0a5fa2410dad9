//! Honest closing against a real PostgreSQL.

mod patterns;
mod rechecks;
mod scene;
mod settings;
mod suspicions;
