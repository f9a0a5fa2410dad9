//! Numbers (编号) that people say aloud: `20261122-000123`. Handed out from blocks; a restart leaves a gap, never a double.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use database::Database;
use kernel::clock::shanghai;
use tokio::sync::Mutex;

use crate::store;

/// How many numbers one program takes at a time.
const BLOCK: i64 = 100;

/// The next number and the end of a block.
type Block = (i64, i64);
/// The block of a district and kind, and the day it is for.
type Blocks = HashMap<(String, &'static str), (NaiveDate, Block)>;

/// Hands out numbers.
#[derive(Clone)]
pub struct Numbers {
    database: Database,
    blocks: Arc<Mutex<Blocks>>,
}

impl Numbers {
    /// Numbers from this database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { database, blocks: Arc::default() }
    }

    /// The next number of `kind` in the district for the day of `now` (Asia/Shanghai).
    ///
    /// # Errors
    /// The database's, when a new block was needed.
    pub async fn next(&self, region: &str, kind: &'static str, now: DateTime<Utc>) -> sqlx::Result<String> {
        let day = now.with_timezone(&shanghai()).date_naive();
        let mut blocks = self.blocks.lock().await;
        let slot = (region.to_owned(), kind);
        let (next, end) = match blocks.get(&slot) {
            Some((of, (next, end))) if *of == day && next < end => (*next, *end),
            _ => {
                let first = store::take_numbers(self.database.pool(), region, kind, day, BLOCK).await?;
                (first, first + BLOCK)
            }
        };
        blocks.insert(slot, (day, (next + 1, end)));
        Ok(format!("{}-{next:06}", day.format("%Y%m%d")))
    }
}
