//! The cluster's configuration, written anew on every start: the cluster is private, its files are not for editing.
//! An operator's own settings go into `postgresql.local.conf` in the data folder and win.

use super::{Folder, SUPERUSER};
use crate::{APP_ROLE, OWNER_ROLE, Result, error::io};
use std::fmt::Write as _;

/// How much a cluster weighs safety against speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Real data: nothing acknowledged is ever lost.
    Durable,
    /// Test data: may be lost with the machine.
    Disposable,
}

const COMMON: &str = "\
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
random_page_cost = 1.1
effective_io_concurrency = 32
work_mem = '8MB'
maintenance_work_mem = '128MB'
jit = off
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.1
autovacuum_analyze_scale_factor = 0.05
idle_in_transaction_session_timeout = '5min'

# The log goes to whoever runs the machine: no statement, no value of a row may stand in it.
log_destination = 'stderr'
logging_collector = off
log_line_prefix = '%m [%p] '
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = none
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
";

const DURABLE: &str = "\
max_connections = 100
shared_buffers = '256MB'
effective_cache_size = '1GB'
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
wal_compression = on
wal_buffers = '16MB'
min_wal_size = '256MB'
max_wal_size = '2GB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9
";

const DISPOSABLE: &str = "\
max_connections = 200
shared_buffers = '128MB'
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = '1GB'
checkpoint_timeout = '30min'
";

/// Writes postgresql.conf, pg_hba.conf and pg_ident.conf.
pub(super) fn write(folder: &Folder, profile: Profile) -> Result<()> {
    let files = [("postgresql.conf", settings(folder, profile)), ("pg_hba.conf", callers()), ("pg_ident.conf", map(folder))];
    for (name, text) in files {
        let path = folder.cluster().join(name);
        let fresh = folder.cluster().join(format!("{name}.new"));
        std::fs::write(&fresh, text).map_err(io("write", &fresh))?;
        folder.account().own(&fresh)?;
        std::fs::rename(&fresh, &path).map_err(io("rename", &path))?;
    }
    Ok(())
}

fn settings(folder: &Folder, profile: Profile) -> String {
    let mut text = format!("# Written by Bihuan on every start.\n{COMMON}\n");
    text.push_str(match profile {
        Profile::Durable => DURABLE,
        Profile::Disposable => DISPOSABLE,
    });
    let socket = folder.endpoint().socket_folder().display().to_string();
    let local = folder.data().join("postgresql.local.conf").display().to_string();
    // Writing to a String cannot fail.
    let _ = writeln!(text, "unix_socket_directories = {}", quoted(&format!("\"{}\"", socket.replace('"', "\"\""))));
    let _ = writeln!(text, "include_if_exists = {}", quoted(&local));
    text
}

fn callers() -> String {
    "# Written by Bihuan on every start. The kernel says who calls; the map says which role that user may take.\n\
     local all all peer map=bihuan\n"
        .to_owned()
}

fn map(folder: &Folder) -> String {
    let mut text = "# Written by Bihuan on every start.\n".to_owned();
    for caller in folder.account().callers() {
        for role in [OWNER_ROLE, APP_ROLE, SUPERUSER] {
            let _ = writeln!(text, "bihuan \"{caller}\" {role}");
        }
    }
    text
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}
