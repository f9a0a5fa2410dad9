//! Files of imports that ended long ago, or never began: they hold people's words and go.

use std::{io, path::Path};

use chrono::{DateTime, Duration, Utc};
use kernel::clock::{Clock, SystemClock};
use uuid::Uuid;

use super::store;
use crate::Leads;

/// So many days a file stays after its import ended, for whoever mends its refused rows.
const KEPT_DAYS: i64 = 30;
/// A folder without an import may be one that is being received; after so many hours it is not.
const RECEIVING_HOURS: i64 = 24;

/// Removes what is no longer needed.
pub(crate) async fn sweep(leads: &Leads, folder: &Path) -> io::Result<()> {
    let mut old = Vec::new();
    let mut entries = match tokio::fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    while let Some(entry) = entries.next_entry().await? {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<Uuid>() else { continue };
        // A file's age is the machine's time, also where the house lives by another clock.
        let age = entry.metadata().await?.modified().ok().map(|at| SystemClock.now() - DateTime::<Utc>::from(at));
        if age.is_some_and(|age| age > Duration::hours(RECEIVING_HOURS)) {
            old.push(id);
        }
    }
    let since = leads.clock().now() - Duration::days(KEPT_DAYS);
    let needed = store::needed(leads.database().pool(), &old, since).await.map_err(io::Error::other)?;
    for id in old.into_iter().filter(|id| !needed.contains(id)) {
        tokio::fs::remove_dir_all(folder.join(id.to_string())).await?;
    }
    Ok(())
}
