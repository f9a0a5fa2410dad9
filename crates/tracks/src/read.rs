//! What is asked of tracks: a vehicle's day, all vehicles at a minute, everything in a polygon and time.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use geo::{BoundingRect, Intersects};

use crate::{
    Alarm, Flags, Point, Tracks,
    point::{Packed, SLOT, begin_of, in_order, slot_of, unpack},
    store::{self, Span},
};

/// Points that one question is answered with at most; a vehicle's day at one point a second is 86,400.
pub const MOST_FOUND: usize = 100_000;
/// Vehicles whose newest points are answered at most.
const MOST_VEHICLES: i64 = 50_000;
/// Alarms of one answer.
const MOST_ALARMS: i64 = 10_000;

/// Points in the order of vehicle and time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The points.
    pub points: Vec<Point>,
    /// There were more than [`MOST_FOUND`]; the last ones are not here.
    pub cut: bool,
}

impl Found {
    fn of(mut points: Vec<Point>) -> Self {
        in_order(&mut points);
        let cut = points.len() > MOST_FOUND;
        points.truncate(MOST_FOUND);
        Self { points, cut }
    }
}

/// Newest points that changed, and from where on to ask next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    /// Points in the order of their vehicles.
    pub points: Vec<Point>,
    /// The number to ask with next time. It only grows; a smaller one than was asked with says that the database is another one, and everything
    /// has to be asked for again.
    pub next: i64,
}

fn span(from: i64, to: i64) -> Span {
    let (mut days, mut slots) = (Vec::new(), Vec::new());
    let mut at = from - from.rem_euclid(SLOT);
    while at < to {
        let (day, slot) = slot_of(at);
        days.push(day);
        slots.push(slot);
        at += SLOT;
    }
    let instant = |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default();
    Span { days, slots, from: instant(from), to: instant(to) }
}

/// Keeps a point where none of its vehicle is as new.
fn keep(newest: &mut HashMap<i64, Point>, point: Packed<'_>) -> sqlx::Result<()> {
    if newest.get(&point.vehicle).is_none_or(|there| there.at < point.at) {
        newest.insert(point.vehicle, point.whole()?);
    }
    Ok(())
}

impl Tracks {
    /// The points of a vehicle on a day in Beijing time.
    ///
    /// # Errors
    /// The database's.
    pub async fn day(&self, vehicle: i64, day: NaiveDate) -> sqlx::Result<Found> {
        let from = begin_of(day);
        self.between(vehicle, from, from + 86_400).await
    }

    /// The points of a vehicle from one second on until before another, in seconds since 1970; at most a week is looked at.
    ///
    /// # Errors
    /// The database's.
    pub async fn between(&self, vehicle: i64, from: i64, to: i64) -> sqlx::Result<Found> {
        let to = to.min(from + 7 * 86_400);
        let mut points = Vec::new();
        for packed in store::of_vehicle(self.pool(), vehicle, &span(from, to)).await? {
            unpack(&packed, &mut points)?;
        }
        points.retain(|point| point.vehicle == vehicle && (from..to).contains(&point.at));
        Ok(Found::of(points))
    }

    /// The same without what waits in the inbox: what a [`crate::Follower`] heard of is all there. Nothing of other vehicles is read.
    ///
    /// # Errors
    /// The database's.
    pub async fn settled(&self, vehicle: i64, from: i64, to: i64) -> sqlx::Result<Found> {
        let to = to.min(from + 7 * 86_400);
        let mut points = Vec::new();
        for packed in store::settled_of_vehicle(self.pool(), vehicle, &span(from, to)).await? {
            unpack(&packed, &mut points)?;
        }
        points.retain(|point| (from..to).contains(&point.at));
        Ok(Found::of(points))
    }

    /// Where every vehicle was last seen at an instant: its newest point until then, if that is no older than `back`, an hour at most.
    ///
    /// # Errors
    /// The database's.
    pub async fn as_of(&self, at: DateTime<Utc>, back: TimeDelta) -> sqlx::Result<Vec<Point>> {
        let to = at.timestamp() + 1;
        let from = to - back.num_seconds().clamp(1, 3_600);
        let mut newest: HashMap<i64, Point> = HashMap::new();
        let take = |packed: Vec<Vec<u8>>, newest: &mut HashMap<i64, Point>| {
            for packed in packed {
                let mut rest = &packed[..];
                // A part is of one vehicle; only its last point in time is unpacked. In the inbox vehicles change from point to point.
                let mut best: Option<Packed<'_>> = None;
                while !rest.is_empty() {
                    let point = Packed::next(&mut rest)?;
                    if !(from..to).contains(&point.at) {
                        continue;
                    }
                    match best {
                        Some(there) if there.vehicle == point.vehicle && there.at >= point.at => {}
                        Some(there) if there.vehicle != point.vehicle => {
                            keep(newest, there)?;
                            best = Some(point);
                        }
                        _ => best = Some(point),
                    }
                }
                if let Some(best) = best {
                    keep(newest, best)?;
                }
            }
            Ok::<_, sqlx::Error>(())
        };
        // The newest ten minutes hold nearly every vehicle. They are read with the whole inbox first: what is moved out of it meanwhile was seen.
        let Span { days, slots, from: begin, to: end } = span(from, to);
        let mut older = days.into_iter().zip(slots).rev();
        let mut read_from = to - 1 - (to - 1).rem_euclid(SLOT);
        if let Some((day, slot)) = older.next() {
            let last = Span { days: vec![day], slots: vec![slot], from: begin, to: end };
            take(store::of_all(self.pool(), &last, None).await?, &mut newest)?;
        }
        for (day, slot) in older {
            let found: Vec<i64> = newest.values().filter(|point| point.at >= read_from).map(|point| point.vehicle).collect();
            take(store::of_slot(self.pool(), day, slot, &found).await?, &mut newest)?;
            read_from -= SLOT;
        }
        let mut newest: Vec<Point> = newest.into_values().collect();
        newest.sort_by_key(|point| point.vehicle);
        Ok(newest)
    }

    /// The points of all vehicles within a polygon of WGS-84 degrees, its border included, from one second on until before another; at most
    /// a day is looked at.
    ///
    /// # Errors
    /// The database's.
    pub async fn within(&self, polygon: &geo::Polygon<f64>, from: i64, to: i64) -> sqlx::Result<Found> {
        let to = to.min(from + 86_400);
        let Some(bounds) = polygon.bounding_rect() else { return Ok(Found::default()) };
        let millionth = |degrees: f64| (degrees * 1e6).clamp(-180e6, 180e6);
        let within = [
            millionth(bounds.min().x).floor() as i32,
            millionth(bounds.min().y).floor() as i32,
            millionth(bounds.max().x).ceil() as i32,
            millionth(bounds.max().y).ceil() as i32,
        ];
        let (mut found, mut points) = (Vec::new(), Vec::new());
        for packed in store::of_all(self.pool(), &span(from, to), Some(within)).await? {
            unpack(&packed, &mut points)?;
            found.extend(points.drain(..).filter(|point| {
                (from..to).contains(&point.at)
                    && !point.flags.has(Flags::NOWHERE)
                    && (within[0]..=within[2]).contains(&point.longitude)
                    && (within[1]..=within[3]).contains(&point.latitude)
                    && point.place().is_some_and(|place| polygon.intersects(&geo::Point::from(place)))
            }));
        }
        Ok(Found::of(found))
    }

    /// The newest points: of these vehicles, of all where none is named. They are as new as the last time the inbox was emptied.
    ///
    /// # Errors
    /// The database's.
    pub async fn newest(&self, vehicles: Option<&[i64]>) -> sqlx::Result<Vec<Point>> {
        let mut points = Vec::new();
        for packed in store::newest_points(self.pool(), vehicles, MOST_VEHICLES).await? {
            unpack(&packed, &mut points)?;
        }
        Ok(points)
    }

    /// The newest points that changed after a number out of [`Changed::next`]; with 0 all of them, but for those that never changed since the
    /// number was introduced.
    ///
    /// # Errors
    /// The database's.
    pub async fn changed(&self, since: i64) -> sqlx::Result<Changed> {
        let (packed, next) = store::changed_points(self.pool(), since, MOST_VEHICLES).await?;
        let mut points = Vec::with_capacity(packed.len());
        for packed in packed {
            unpack(&packed, &mut points)?;
        }
        Ok(Changed { points, next })
    }

    /// The alarms of a vehicle that began on a day in Beijing time.
    ///
    /// # Errors
    /// The database's.
    pub async fn alarms(&self, vehicle: i64, day: NaiveDate) -> sqlx::Result<Vec<Alarm>> {
        let Span { from, to, .. } = span(begin_of(day), begin_of(day) + 86_400);
        store::alarms(self.pool(), vehicle, from, to, MOST_ALARMS).await
    }
}
