//! All vehicles at a minute; everything in a polygon and time.

use chrono::{DateTime, TimeDelta};
use geo::{Coord, LineString, Polygon};
use tracks::{Flags, Point};

use super::{MIDNIGHT, point, room, seconds};

fn at(second: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(MIDNIGHT + second, 0).expect("an instant")
}

#[tokio::test]
async fn at_a_minute_every_vehicle_stands_where_it_was_last_seen() {
    let (_test, tracks) = room().await;
    // Ten minutes before midnight to ten after: the day changes in between.
    for vehicle in 1..=3 {
        tracks.store((-3..=3).map(|step| point(vehicle, step * 200 + vehicle)).collect()).await.expect("stored");
    }
    for _ in 0..2 {
        let found = tracks.as_of(at(202), TimeDelta::minutes(10)).await.expect("read");
        assert_eq!(seconds(&found), [201, 202, 3]);
        let found = tracks.as_of(at(2), TimeDelta::seconds(100)).await.expect("read");
        assert_eq!(seconds(&found), [1, 2], "the third was last seen too long before");
        let found = tracks.as_of(at(-300), TimeDelta::minutes(10)).await.expect("read");
        assert_eq!(seconds(&found), [-399, -398, -397]);
        tracks.settle().await.expect("moved");
    }
    // What comes late counts for its own minute.
    tracks.store(vec![point(9, 190)]).await.expect("stored");
    let found = tracks.as_of(at(202), TimeDelta::minutes(10)).await.expect("read");
    assert_eq!(seconds(&found), [201, 202, 3, 190]);
}

#[tokio::test]
async fn a_polygon_holds_what_lies_in_it_and_on_its_border_in_its_time() {
    let (_test, tracks) = room().await;
    let corner = |x: f64, y: f64| Coord { x, y };
    // A triangle whose lower side is the vehicles' road between the seconds 100 and 300.
    let ring = vec![corner(121.0001, 30.7), corner(121.0003, 30.7), corner(121.0002, 30.71), corner(121.0001, 30.7)];
    let triangle = Polygon::new(LineString(ring), vec![]);
    let mut points: Vec<Point> = (0..400).step_by(50).map(|second| point(7, second)).collect();
    points.push(Point { latitude: 30_705_000, ..point(8, 200) });
    points.push(Point { latitude: 30_709_000, ..point(8, 101) });
    points.push(Point { flags: Flags(Flags::NOWHERE), ..point(9, 200) });
    tracks.store(points).await.expect("stored");
    for _ in 0..2 {
        let found = tracks.within(&triangle, MIDNIGHT, MIDNIGHT + 3_600).await.expect("read");
        let found: Vec<(i64, i64)> = found.points.iter().map(|point| (point.vehicle, point.at - MIDNIGHT)).collect();
        assert_eq!(found, [(7, 100), (7, 150), (7, 200), (7, 250), (7, 300), (8, 200)]);
        let found = tracks.within(&triangle, MIDNIGHT + 160, MIDNIGHT + 250).await.expect("read");
        assert_eq!(found.points.len(), 2);
        tracks.settle().await.expect("moved");
    }
}
