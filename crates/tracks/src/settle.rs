//! Points out of the inbox into their vehicle's ten minutes, in order, each once; and what follows from them: newest positions, alarms.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};
use database::advisory;
use sqlx::PgConnection;

use crate::{
    Flags, Point, Tracks,
    point::{in_order, pack, unpack},
    store::{self, Alarm, Part},
};

/// Rows of the inbox that are moved at a time.
const ROWS: i64 = 128;
/// Points from which on a part is left alone and the next one begun: what is written again with every move stays small.
const FULL: usize = 256;

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Points out of the inbox.
    pub points: usize,
    /// More may wait.
    pub more: bool,
}

type Slot = (NaiveDate, i64, i16);

impl Tracks {
    /// Moves the oldest rows of the inbox. Of all nodes of a house one does it at a time; the others have nothing to do meanwhile.
    ///
    /// # Errors
    /// The database's: nothing was moved.
    pub async fn settle(&self) -> sqlx::Result<Settled> {
        let mut transaction = self.pool().begin().await?;
        let alone = advisory::try_lock_in_transaction(&mut transaction, "tracks.settle").await;
        if !alone.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
            return Ok(Settled::default());
        }
        let rows = store::inbox(&mut transaction, ROWS).await?;
        if rows.is_empty() {
            return Ok(Settled::default());
        }
        let mut points = Vec::new();
        for (_, packed) in &rows {
            unpack(packed, &mut points)?;
        }
        let many = points.len();
        in_order(&mut points);
        let days: BTreeSet<NaiveDate> = points.iter().map(|point| point.slot().0).collect();
        // Outside of this transaction, which has not touched the table yet: a new partition locks it for a moment.
        for day in days {
            store::open_day(self.pool(), day).await?;
        }
        follow(&mut transaction, &points).await?;
        let mut slots: BTreeMap<Slot, Vec<Point>> = BTreeMap::new();
        for point in points {
            let (day, slot) = point.slot();
            slots.entry((day, point.vehicle, slot)).or_default().push(point);
        }
        place(&mut transaction, slots).await?;
        store::take_out(&mut transaction, &rows.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
        transaction.commit().await?;
        Ok(Settled { points: many, more: rows.len() == usize::try_from(ROWS).unwrap_or(usize::MAX) })
    }
}

/// Puts points into the last parts of their slots, or behind them where those are full.
async fn place(connection: &mut PgConnection, slots: BTreeMap<Slot, Vec<Point>>) -> sqlx::Result<()> {
    let keys: Vec<Slot> = slots.keys().copied().collect();
    let last = store::last_parts(connection, &keys, FULL as i32).await?;
    let mut last: HashMap<Slot, store::Last> = last.into_iter().map(|it| ((it.day, it.vehicle, it.slot), it)).collect();
    let mut parts = Vec::with_capacity(slots.len());
    for (slot, mut points) in slots {
        let part = match last.remove(&slot) {
            Some(store::Last { part, points: Some(there), .. }) => {
                unpack(&there, &mut points)?;
                part
            }
            Some(full) => full.part + 1,
            None => 0,
        };
        in_order(&mut points);
        parts.push(Part { slot, part, many: points.len() as i32, covers: covers(&points), points: pack(&points) });
    }
    store::put_parts(connection, &parts).await
}

fn covers(points: &[Point]) -> Option<[i32; 4]> {
    let placed = points.iter().filter(|point| !point.flags.has(Flags::NOWHERE));
    placed.fold(None, |covers: Option<[i32; 4]>, point| {
        let (x, y) = (point.longitude, point.latitude);
        Some(covers.map_or([x, y, x, y], |[west, south, east, north]| [west.min(x), south.min(y), east.max(x), north.max(y)]))
    })
}

/// Newest positions and alarms. Points that are older than the newest one change neither: what late points mean is judged where rules are.
async fn follow(connection: &mut PgConnection, points: &[Point]) -> sqlx::Result<()> {
    let vehicles: Vec<i64> = points.iter().map(|point| point.vehicle).collect::<BTreeSet<_>>().into_iter().collect();
    let known = store::newest(connection, &vehicles).await?;
    let mut known: HashMap<i64, (i64, u32)> =
        known.into_iter().map(|(vehicle, at, alarms)| (vehicle, (at.timestamp(), alarms as u32))).collect();
    let mut newest: BTreeMap<i64, &Point> = BTreeMap::new();
    for point in points {
        let (at, before) = known.get(&point.vehicle).copied().unwrap_or((i64::MIN, 0));
        if point.at <= at {
            continue;
        }
        let (rose, fell) = (point.alarms & !before, before & !point.alarms);
        for bit in (0..32_i16).filter(|bit| (rose | fell) >> bit & 1 == 1) {
            if rose >> bit & 1 == 1 {
                let place = (!point.flags.has(Flags::NOWHERE)).then_some((point.longitude, point.latitude));
                let (lon, lat) = place.unzip();
                let alarm = Alarm { vehicle: point.vehicle, bit, began_at: point.instant(), ended_at: None, lon, lat };
                store::begin_alarm(connection, &alarm).await?;
            } else {
                store::end_alarm(connection, point.vehicle, bit, point.instant()).await?;
            }
        }
        known.insert(point.vehicle, (point.at, point.alarms));
        newest.insert(point.vehicle, point);
    }
    let rows: Vec<_> = newest
        .into_iter()
        .map(|(vehicle, point)| {
            (vehicle, DateTime::from_timestamp(point.at, 0).unwrap_or_default(), i64::from(point.alarms), pack([point]))
        })
        .collect();
    store::put_newest(connection, &rows).await
}
