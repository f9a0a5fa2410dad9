//! Points out of the inbox into their vehicle's ten minutes, in order, each once; and what follows from them: newest positions, alarms.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};
use database::advisory;
use sqlx::PgConnection;

use crate::{
    Flags, Point, Touched, Tracks,
    point::{in_order, pack, unpack},
    store::{self, Alarm, Ended, Part},
};

/// Rows of the inbox that are moved at a time.
const ROWS: i64 = 128;
/// So many moved at a time tell that more came meanwhile.
const MANY: usize = 10_000;
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
        let touched: Vec<Touched> = slots.keys().map(|(day, vehicle, slot)| Touched::of(*day, *vehicle, *slot)).collect();
        place(&mut transaction, slots).await?;
        if let Some(follower) = self.follower() {
            follower.settled(&mut transaction, &touched).await?;
        }
        store::take_out(&mut transaction, &rows.iter().map(|(id, _)| *id).collect::<Vec<_>>()).await?;
        transaction.commit().await?;
        Ok(Settled { points: many, more: many >= MANY || rows.len() == usize::try_from(ROWS).unwrap_or(usize::MAX) })
    }
}

impl Tracks {
    /// Puts points straight into their slots by the same code that moves them out of the inbox: what is filled for a bench, or comes back out of an
    /// archive. Neither newest positions nor alarms follow from them. All or none.
    ///
    /// # Errors
    /// The database's: nothing was put anywhere.
    pub async fn put_back(&self, points: Vec<Point>) -> sqlx::Result<()> {
        let mut slots: BTreeMap<Slot, Vec<Point>> = BTreeMap::new();
        let mut days = BTreeSet::new();
        for point in points {
            let (day, slot) = point.slot();
            days.insert(day);
            slots.entry((day, point.vehicle, slot)).or_default().push(point);
        }
        for day in days {
            store::open_day(self.pool(), day).await?;
        }
        loop {
            let mut transaction = self.pool().begin().await?;
            let alone = advisory::try_lock_in_transaction(&mut transaction, "tracks.settle").await;
            if alone.map_err(|error| sqlx::Error::Protocol(error.to_string()))? {
                place(&mut transaction, slots).await?;
                return transaction.commit().await;
            }
            // Another node moves points; it is done within moments.
            drop(transaction);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
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

/// What is known of a vehicle's newest second: the second, the alarm bits of all its points together, and the last of these to come.
type Newest = (i64, u32, Point);

/// Newest positions and alarms. Points of an older second than the newest one change neither: what late points mean is judged where rules are.
/// The points of one second are taken together, in whatever order they came: a bit that any of them has is up.
async fn follow(connection: &mut PgConnection, points: &[Point]) -> sqlx::Result<()> {
    let vehicles: Vec<i64> = points.iter().map(|point| point.vehicle).collect::<BTreeSet<_>>().into_iter().collect();
    let mut known: HashMap<i64, Newest> = HashMap::with_capacity(vehicles.len());
    for row in store::newest(connection, &vehicles).await? {
        let mut point = Vec::with_capacity(1);
        unpack(&row.point, &mut point)?;
        known.extend(point.pop().map(|point| (row.vehicle, (row.at.timestamp(), row.alarms as u32, point))));
    }
    let (mut changed, mut alarms) = (BTreeSet::new(), Alarms::default());
    // In order they are by vehicle and second.
    for second in points.chunk_by(|one, next| (one.vehicle, one.at) == (next.vehicle, next.at)) {
        let Some(last) = second.iter().max_by_key(|point| point.taken) else { continue };
        let before = known.get(&last.vehicle);
        let (at, raised) = before.map_or((i64::MIN, 0), |(at, raised, _)| (*at, *raised));
        if last.at < at {
            continue;
        }
        let same_second = last.at == at;
        let now = second.iter().fold(if same_second { raised } else { 0 }, |bits, point| bits | point.alarms);
        alarms.change(raised, now, second);
        let newest = match before {
            // What came again is no newer for it.
            Some((_, _, there)) if same_second => {
                second.iter().filter(|point| !point.same(there)).fold(there, |one, next| if next.taken > one.taken { next } else { one })
            }
            _ => last,
        };
        let newest = newest.clone();
        known.insert(last.vehicle, (last.at, now, newest));
        changed.insert(last.vehicle);
    }
    // Those that were open end before others of the same bits begin.
    store::end_alarms(connection, &alarms.ended).await?;
    store::begin_alarms(connection, &alarms.begun).await?;
    let rows: Vec<_> = changed
        .into_iter()
        .filter_map(|vehicle| known.get(&vehicle))
        .map(|(at, raised, point)| (point.vehicle, DateTime::from_timestamp(*at, 0).unwrap_or_default(), i64::from(*raised), pack([point])))
        .collect();
    store::put_newest(connection, &rows).await
}

/// What alarms the points of one move begin and end, to be written in one statement each.
#[derive(Debug, Default)]
struct Alarms {
    begun: Vec<Alarm>,
    /// Of alarms that were open before.
    ended: Vec<Ended>,
    /// Where in `begun` the open one of a vehicle and a bit stands.
    open: HashMap<(i64, i16), usize>,
}

impl Alarms {
    /// The bits of a vehicle go from `before` to `now` in a second.
    fn change(&mut self, before: u32, now: u32, second: &[Point]) {
        for bit in (0..32_i16).filter(|bit| (before ^ now) >> bit & 1 == 1) {
            let rose = now >> bit & 1 == 1;
            let Some(point) = second.iter().find(|point| !rose || point.alarms >> bit & 1 == 1) else { continue };
            let (vehicle, at) = (point.vehicle, point.instant());
            if rose {
                let place = (!point.flags.has(Flags::NOWHERE)).then_some((point.longitude, point.latitude));
                let (lon, lat) = place.unzip();
                self.open.insert((vehicle, bit), self.begun.len());
                self.begun.push(Alarm { vehicle, bit, began_at: at, ended_at: None, lon, lat });
            } else if let Some(begun) = self.open.remove(&(vehicle, bit)) {
                self.begun[begun].ended_at = Some(at);
            } else {
                self.ended.push(Ended { vehicle, bit, at });
            }
        }
    }
}
