//! `bihuan admin …`: the commands of whoever runs the machine (运维).

pub mod backup;
mod passphrase;
pub mod restore;
pub mod upgrade_database;
