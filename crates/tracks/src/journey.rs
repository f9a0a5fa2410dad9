//! What a vehicle's day was made of (一天的行驶): stops, trips, silences, mileage. Pure: points in, a journey out, whatever the order they came in.

use crate::{Flags, Point, point::in_order};

/// What counts as a stop, a silence, a jump (判定阈值).
///
/// No standard fixes these numbers: JT/T 808 leaves the longest stop and the reporting interval to the platform (parameters 0x0029 and 0x005A).
/// They are this program's own, provisional, and said wherever something follows from them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Points within so many metres of where a stop began belong to it: satellites alone move a standing vehicle by tens of metres, a site's
    /// queue and gate by some more.
    pub stop_metres: f64,
    /// A stop lasts so many seconds at least: longer than a red light or a crossing with a train.
    pub stop_seconds: i64,
    /// No usable point for so many seconds is a silence: ten missed reports of a minute, where half a minute is usual.
    pub silence_seconds: i64,
    /// A leg that would take more than so many metres a second is none (180 km/h): drift, or another terminal under the same number.
    pub most_metres_a_second: f64,
    /// A leg of so many metres is no jump however short its time: the points of one second lie apart by a vehicle's length.
    pub least_jump_metres: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { stop_metres: 80.0, stop_seconds: 300, silence_seconds: 600, most_metres_a_second: 50.0, least_jump_metres: 300.0 }
    }
}

/// Jumps that are listed; all are counted.
pub const MOST_JUMPS: usize = 100;

/// Where and from when to when a vehicle stood (停留). Times are seconds since 1970, places WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// The first point of it.
    pub from: i64,
    /// The last point of it.
    pub to: i64,
    /// The middle of its points.
    pub place: (f64, f64),
}

/// A way between two stops, or between one and the first or last point (行程).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trip {
    /// When it left.
    pub from: i64,
    /// When it arrived.
    pub to: i64,
    /// Where it left.
    pub left: (f64, f64),
    /// Where it arrived.
    pub arrived: (f64, f64),
    /// How far, in metres.
    pub metres: f64,
}

/// A time without any usable point (无信号).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Silence {
    /// The last point before.
    pub from: i64,
    /// The first point after.
    pub to: i64,
    /// Where it fell silent.
    pub lost: (f64, f64),
    /// Where it was heard again.
    pub found: (f64, f64),
    /// The straight line between both, in metres: the least that it moved meanwhile.
    pub metres: f64,
}

/// Two points that one vehicle cannot have been at (位置跳变).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// The point before.
    pub from: i64,
    /// The point after.
    pub to: i64,
    /// Where it was.
    pub left: (f64, f64),
    /// Where it was next.
    pub arrived: (f64, f64),
    /// Between both, in metres.
    pub metres: f64,
}

/// What a vehicle's day was made of (一天的行驶).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journey {
    /// Points that were looked at: with a place, a fix of satellites and a time of their own.
    pub usable: usize,
    /// Of its trips together, in metres, point to point: what a vehicle drifts about while it stands is no way. Across a silence the straight
    /// line counts, which is the least it can have been; a jump counts nothing.
    pub metres: f64,
    /// Seconds under way, silences not counted.
    pub moving_seconds: i64,
    /// Seconds of its stops.
    pub stopped_seconds: i64,
    /// The highest speed that the terminal said, in 0.1 km/h.
    pub fastest: u16,
    /// Stops, the earliest first.
    pub stops: Vec<Stop>,
    /// Trips, the earliest first.
    pub trips: Vec<Trip>,
    /// Silences, the earliest first.
    pub silences: Vec<Silence>,
    /// The first of its jumps.
    pub jumps: Vec<Jump>,
    /// All of its jumps.
    pub jump_count: usize,
}

/// A usable point.
#[derive(Clone, Copy)]
struct Seen {
    at: i64,
    place: (f64, f64),
}

/// Metres between two places of one county. On a plane that touches the Earth between them: within a thousandth of the great circle for
/// the few kilometres between two points; `geo`'s exact ways cost a hundred times as much for each of a day's points.
fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
    // The mean radius of the Earth by IUGG, 6,371,008.8 m.
    const METRES_A_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
    let east = (other.0 - one.0) * (f64::midpoint(one.1, other.1)).to_radians().cos();
    east.hypot(other.1 - one.1) * METRES_A_DEGREE
}

/// Makes a journey of the points of one vehicle. In what order they come, and how often each, changes nothing.
#[must_use]
pub fn journey(points: &[Point], thresholds: &Thresholds) -> Journey {
    let mut points = points.to_vec();
    in_order(&mut points);
    let usable = |point: &&Point| point.status >> 1 & 1 == 1 && !point.flags.has(Flags::UNDATED);
    let fastest = points.iter().filter(usable).map(|point| point.speed).max().unwrap_or_default();
    let seen: Vec<Seen> = points.iter().filter(usable).filter_map(|point| Some(Seen { at: point.at, place: point.place()? })).collect();
    let mut made = Journey { usable: seen.len(), fastest, ..Journey::default() };
    let jumps: Vec<bool> = seen.windows(2).map(|pair| is_jump(pair, thresholds)).collect();
    silences_and_jumps(&seen, &jumps, thresholds, &mut made);
    let mut left = 0;
    for (first, last) in stops(&seen, &jumps, thresholds) {
        trip(&seen, &jumps, (left, first), thresholds, &mut made);
        made.stops.push(Stop { from: seen[first].at, to: seen[last].at, place: middle(&seen[first..=last]) });
        made.stopped_seconds += seen[last].at - seen[first].at;
        left = last;
    }
    if let Some(last) = seen.len().checked_sub(1) {
        trip(&seen, &jumps, (left, last), thresholds, &mut made);
    }
    made.metres = made.trips.iter().map(|trip| trip.metres).sum();
    made
}

fn is_jump(pair: &[Seen], thresholds: &Thresholds) -> bool {
    let far = metres(pair[0].place, pair[1].place);
    // At least a second: terminals say whole ones.
    let seconds = (pair[1].at - pair[0].at).max(1) as f64;
    far > thresholds.least_jump_metres && far > thresholds.most_metres_a_second * seconds
}

fn silences_and_jumps(seen: &[Seen], jumps: &[bool], thresholds: &Thresholds, made: &mut Journey) {
    for (pair, jump) in seen.windows(2).zip(jumps) {
        let [one, next] = [pair[0], pair[1]];
        let far = metres(one.place, next.place);
        if *jump {
            made.jump_count += 1;
            if made.jumps.len() < MOST_JUMPS {
                made.jumps.push(Jump { from: one.at, to: next.at, left: one.place, arrived: next.place, metres: far });
            }
        } else if next.at - one.at >= thresholds.silence_seconds {
            made.silences.push(Silence { from: one.at, to: next.at, lost: one.place, found: next.place, metres: far });
        }
    }
}

/// The first and last index of each stop: the points that stay near the first of them for long enough.
fn stops(seen: &[Seen], jumps: &[bool], thresholds: &Thresholds) -> Vec<(usize, usize)> {
    let (mut found, mut first, mut least) = (Vec::new(), 0, 0);
    // Where the anchors before were left: the next one is left there too, mostly, and need not be walked along again.
    let (mut far, mut jumped) = (0, None);
    while first < seen.len() {
        let anchor = seen[first];
        let near = |at: usize| metres(anchor.place, seen[at].place) <= thresholds.stop_metres;
        while least < seen.len() && seen[least].at - anchor.at < thresholds.stop_seconds {
            least += 1;
        }
        if least == seen.len() {
            // Nothing came long enough after it, nor after the ones that follow.
            break;
        }
        let left = |at: usize| first < at && at <= least && !near(at);
        if jumped.is_some_and(|at| first <= at && at < least) || left(far) || left(least) {
            first += 1;
            continue;
        }
        let mut last = first;
        while last + 1 < seen.len() && !jumps[last] && near(last + 1) {
            last += 1;
        }
        if last >= least {
            found.push((first, last));
            first = last + 1;
        } else {
            if jumps[last] {
                jumped = Some(last);
            } else {
                far = last + 1;
            }
            first += 1;
        }
    }
    found
}

fn trip(seen: &[Seen], jumps: &[bool], (first, last): (usize, usize), thresholds: &Thresholds, made: &mut Journey) {
    if first >= last {
        return;
    }
    let (mut far, mut silent) = (0.0, 0);
    for at in first..last {
        let seconds = seen[at + 1].at - seen[at].at;
        if seconds >= thresholds.silence_seconds {
            silent += seconds;
        }
        if !jumps[at] {
            far += metres(seen[at].place, seen[at + 1].place);
        }
    }
    let (from, to) = (seen[first], seen[last]);
    made.moving_seconds += to.at - from.at - silent;
    made.trips.push(Trip { from: from.at, to: to.at, left: from.place, arrived: to.place, metres: far });
}

fn middle(seen: &[Seen]) -> (f64, f64) {
    let many = seen.len().max(1) as f64;
    let sum = seen.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.place.0, sum.1 + it.place.1));
    (sum.0 / many, sum.1 / many)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIXED: u32 = 0b11;

    /// A point so many metres east of a corner of the county, at a latitude where a degree east is 95,610 metres.
    fn east(at: i64, metres: f64) -> Point {
        let longitude = 121_000_000 + (metres / 95_610.0 * 1e6) as i32;
        Point { vehicle: 1, at, taken: at * 1_000, longitude, latitude: 30_700_000, status: FIXED, speed: 300, ..Point::default() }
    }

    #[test]
    fn a_day_worked_out_by_hand() {
        let mut points = Vec::new();
        // Ten minutes at the site, drifting by a few metres.
        points.extend((0..=20).map(|step| east(step * 30, if step % 2 == 0 { 0.0 } else { 6.0 })));
        // Two kilometres in two hundred seconds.
        points.extend((1..=20).map(|step| east(600 + step * 10, step as f64 * 100.0)));
        // Six minutes there.
        points.extend((1..=12).map(|step| east(800 + step * 30, 2_000.0)));
        // Fifteen minutes of silence, and three kilometres further.
        points.push(east(2_060, 5_000.0));
        // What is no fix is no evidence.
        points.push(Point { status: 1, ..east(2_070, 50_000.0) });
        // Another device under the same number: forty kilometres in ten seconds, and back.
        points.extend([east(2_080, 45_000.0), east(2_090, 5_100.0)]);
        let made = journey(&points, &Thresholds::default());
        let stops: Vec<_> = made.stops.iter().map(|stop| (stop.from, stop.to)).collect();
        // The approach within eighty metres belongs to the second stop.
        assert_eq!(stops, [(0, 600), (800, 1_160)]);
        assert_eq!(made.trips.len(), 2);
        assert!((made.trips[0].metres - 2_000.0).abs() < 4.0, "{}", made.trips[0].metres);
        // The straight line of the silence; what lies beyond the jumps counts nothing.
        assert!((made.trips[1].metres - 3_000.0).abs() < 6.0, "{}", made.trips[1].metres);
        assert!((made.metres - 5_000.0).abs() < 10.0);
        assert_eq!((made.stopped_seconds, made.moving_seconds), (960, 230));
        let silences: Vec<_> = made.silences.iter().map(|it| (it.from, it.to)).collect();
        assert_eq!((silences, made.jump_count, made.jumps[0].from), (vec![(1_160, 2_060)], 2, 2_060));
        assert_eq!(journey(&[], &Thresholds::default()), Journey::default());
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_and_repetition_change_nothing_and_the_parts_make_the_whole(
            steps in proptest::collection::vec((1_i64..900, -400_i32..400, -400_i32..400, 0_u32..4), 0..120),
            order in proptest::collection::vec(any::<proptest::sample::Index>(), 0..240),
        ) {
            let (mut at, mut place) = (0, (121_000_000, 30_700_000));
            let points: Vec<Point> = steps
                .into_iter()
                .map(|(seconds, x, y, status)| {
                    // Half of the steps stand still, so that there are stops.
                    at += seconds;
                    if x > 0 { place = (place.0 + x * 20, place.1 + y * 20) }
                    Point { vehicle: 1, at, longitude: place.0, latitude: place.1, status: status | 2, ..Point::default() }
                })
                .collect();
            let made = journey(&points, &Thresholds::default());
            let mut mixed = points.clone();
            for (to, from) in order.iter().enumerate().filter(|_| !points.is_empty()) {
                let from = from.index(points.len());
                if to < mixed.len() { mixed.swap(to, from) } else { mixed.push(points[from].clone()) }
            }
            prop_assert_eq!(&journey(&mixed, &Thresholds::default()), &made);
            prop_assert!((made.trips.iter().map(|trip| trip.metres).sum::<f64>() - made.metres).abs() < 1e-6);
            let mut ends: Vec<(i64, i64)> = made.stops.iter().map(|stop| (stop.from, stop.to)).collect();
            prop_assert!(ends.iter().all(|(from, to)| to - from >= 300));
            ends.extend(made.trips.iter().map(|trip| (trip.from, trip.to)));
            ends.sort_unstable();
            // Stops and trips follow one another without a gap and without lying on each other.
            prop_assert!(ends.windows(2).all(|pair| pair[0].1 == pair[1].0), "{:?}", ends);
            if let (Some(first), Some(last)) = (points.first(), points.last()) {
                prop_assert_eq!((ends.first().map(|it| it.0), ends.last().map(|it| it.1)), if points.len() > 1 { (Some(first.at), Some(last.at)) } else { (None, None) });
            }
        }
    }
}
