//! Tracks on a real database.

mod asking;
mod storing;

use chrono::NaiveDate;
use kernel::clock::SystemClock;
use testkit::TestDatabase;
use tracks::{Point, Settings, Tracks};

/// 2026-11-23 00:00 in Beijing.
const MIDNIGHT: i64 = 1_795_363_200;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

async fn room() -> (TestDatabase, Tracks) {
    let test = testkit::fresh(&[tracks::MIGRATIONS]).await;
    let tracks = open(&test);
    (test, tracks)
}

fn open(test: &TestDatabase) -> Tracks {
    Tracks::new(test.database.clone(), std::sync::Arc::new(SystemClock), Settings::default())
}

/// A point of a vehicle so many seconds after midnight, a step further east with each second.
fn point(vehicle: i64, second: i64) -> Point {
    Point {
        vehicle,
        at: MIDNIGHT + second,
        taken: (MIDNIGHT + second) * 1_000,
        longitude: 121_000_000 + i32::try_from(second).expect("a few days"),
        latitude: 30_700_000,
        status: 3,
        speed: 300,
        direction: 90,
        altitude: 12,
        items: vec![0x30, 1, 20],
        ..Point::default()
    }
}

fn seconds(points: &[Point]) -> Vec<i64> {
    points.iter().map(|point| point.at - MIDNIGHT).collect()
}
