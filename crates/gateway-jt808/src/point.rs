//! A position of the protocol as a point of the tracks.

use jt808::PositionRef;
use tracks::{Flags, Point};

use crate::terminal::Terminal;

/// A terminal's clock may be ahead by so many seconds before its time counts as none: a point of tomorrow would stand as the newest one, and
/// hide where the vehicle really is, until then.
const AHEAD: i64 = 300;
/// What it kept may be so old: older points would lie in days that are gone.
const BEHIND: i64 = 180 * 86_400;

/// The point of a position, which came at `now` in milliseconds since 1970. What the terminal said is in it whole: coordinates that are no
/// place stay as they came, and so do the digits of a time that is none. None where its items are more than a point can keep.
pub(crate) fn point(terminal: &Terminal, position: &PositionRef<'_>, backlog: bool, now: i64) -> Option<Point> {
    if position.items.len() + 6 > Point::MOST_ITEMS {
        return None;
    }
    let fix = &position.fix;
    let seconds = now.div_euclid(1_000);
    let dated = fix.time.seconds().filter(|at| (seconds - BEHIND..=seconds + AHEAD).contains(at));
    let place = fix.place();
    let mut items = Vec::with_capacity(position.items.len() + 6);
    if dated.is_none() {
        items.extend_from_slice(&fix.time.bytes());
    }
    items.extend_from_slice(position.items);
    let (longitude, latitude) = place.unwrap_or((fix.longitude.cast_signed(), fix.latitude.cast_signed()));
    let flags = Flags::default()
        .with(Flags::BACKLOG, backlog)
        .with(Flags::UNDATED, dated.is_none())
        .with(Flags::NOWHERE, place.is_none())
        .with(Flags::VISITOR, terminal.visitor)
        .with(Flags::SIMULATED, terminal.simulated);
    Some(Point {
        vehicle: terminal.id,
        at: dated.unwrap_or(seconds),
        taken: now,
        longitude,
        latitude,
        alarms: fix.alarm,
        status: fix.status,
        speed: fix.speed,
        direction: fix.direction,
        altitude: fix.altitude,
        flags,
        items,
    })
}
