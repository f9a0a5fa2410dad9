//! The database room on real clusters.

mod backup;
mod cluster;
mod listen;
mod migrate;
mod place;
mod upgrade;
