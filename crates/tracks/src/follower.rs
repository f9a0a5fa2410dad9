//! Who hears which stretches of which tracks changed (轨迹变更).

use chrono::NaiveDate;
use futures::future::BoxFuture;
use sqlx::PgConnection;

use crate::point::{SLOT, begin_of};

/// Ten minutes of a vehicle's track that points came into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touched {
    /// Which vehicle.
    pub vehicle: i64,
    /// From this second on, since 1970.
    pub from: i64,
    /// Until before this one.
    pub until: i64,
}

impl Touched {
    pub(crate) fn of(day: NaiveDate, vehicle: i64, slot: i16) -> Self {
        let from = begin_of(day) + i64::from(slot) * SLOT;
        Self { vehicle, from, until: from + SLOT }
    }
}

/// Who hears of points that are moved out of the inbox, in the transaction that moves them: what it notes is there exactly when they are.
pub trait Follower: Send + Sync + 'static {
    /// Points came into these stretches. It takes no longer than a statement: nothing is moved meanwhile.
    fn settled<'a>(&'a self, connection: &'a mut PgConnection, touched: &'a [Touched]) -> BoxFuture<'a, sqlx::Result<()>>;
}
