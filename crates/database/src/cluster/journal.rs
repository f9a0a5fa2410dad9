//! The files of the write-ahead log, made before they are needed.

use sqlx::PgConnection;

use crate::{Result, error::sql};

/// Files of 16 MB: half of what `min_wal_size` keeps for using again, some twenty thousand reports.
const FILES: usize = 8;

/// Gives a new cluster the log files that an older one keeps and writes over. Without them each next file is made, and its 16 MB written
/// through to the disk, while somebody's report waits for it.
pub(super) async fn make_files(superuser: &mut PgConnection) -> Result<()> {
    for _ in 0..FILES {
        // A file that nothing was written to is not left.
        sqlx::raw_sql("SELECT pg_logical_emit_message(false, 'bihuan', ''), pg_switch_wal()")
            .execute(&mut *superuser)
            .await
            .map_err(sql("pg_switch_wal"))?;
    }
    sqlx::raw_sql("CHECKPOINT").execute(superuser).await.map(drop).map_err(sql("CHECKPOINT"))
}
