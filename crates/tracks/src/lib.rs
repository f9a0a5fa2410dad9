//! Tracks (轨迹): where vehicles were, stored without loss in the order of the points' own times, whatever the order in which they came.
//!
//! Nouns: point (轨迹点), inbox (收件), slot (十分钟段), alarm (报警起止), journey (一天的行驶), stop (停留), trip (行程), silence (无信号).
//! Tables: `track_inbox`, `track` (a partition a day), `track_now`, `track_alarm`.
//!
//! Invariants:
//! - [`Tracks::store`] answers after the commit; what it answered survives the end of process and machine;
//! - a point is moved from the inbox in one transaction with the row it came in: it is in one of both, and a reader sees both at once;
//! - two points of a vehicle with the same time and the same content are one, however often they came ([`Point::same`]); one without a time
//!   of its own stands at each of its arrivals;
//! - what waits is bounded; more is refused, and says so;
//! - the application makes and drops partitions through two functions of the owner alone.
//!
//! A vehicle is a number here, given by who knows vehicles; no name and no plate gets into this room.

mod days;
mod follower;
mod journey;
mod point;
mod queue;
mod read;
mod service;
mod settle;
mod store;

pub use follower::{Follower, Touched};
pub use journey::{Journey, Jump, MOST_JUMPS, Silence, Stop, Thresholds, Trip, journey};
pub use point::{Flags, Point};
pub use queue::StoreError;
pub use read::{Changed, Found, MOST_FOUND};
pub use service::{Settings, Tracks};
pub use settle::Settled;
pub use store::Alarm;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 26000, name: "track", sql: include_str!("../migrations/26000_track.sql") },
    Migration { version: 26001, name: "change", sql: include_str!("../migrations/26001_change.sql") },
];
