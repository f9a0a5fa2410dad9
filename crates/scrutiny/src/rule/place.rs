//! Answers from elsewhere (异地反馈): a position far from the lead, and two positions that nobody travels between in that time.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::position::Position;

use super::Strength;

/// Which version of the rule of distance.
pub(crate) const FAR: &str = "far/1";
/// Which version of the rule of speed.
pub(crate) const SPEED: &str = "speed/1";

/// A house rule: within so many metres beyond what the device leaves open, somebody stood at the lead. Marks on a map, long streets and
/// entrances of large grounds are that far from where one takes a photo.
const AT_THE_LEAD: f64 = 300.0;
/// Beyond it, nobody sees the lead from there.
const ELSEWHERE: f64 = 1_000.0;
/// A device that is less sure says nothing; in metres.
const LEAST_SURE: f64 = 1_000.0;
/// A device that does not say how sure it is is taken to be off by so many metres.
const UNSAID: f64 = 100.0;
/// The highest speed that any road in the country allows, 120 km/h (道路交通安全法实施条例第七十八条), in metres a second.
const FASTEST: f64 = 120.0 / 3.6;
/// Nearer than this, an error of the positions makes any speed; in metres beyond what the devices leave open.
const LEAST_WAY: f64 = 2_000.0;
/// Positions that lie further apart in time say nothing.
const LONGEST: TimeDelta = TimeDelta::hours(2);

/// A position with how sure it is, in metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stood {
    pub place: Position,
    pub accuracy: Option<f64>,
}

impl Stood {
    /// How far it may be off; none when it is too far off to say anything.
    fn slack(self) -> Option<f64> {
        Some(self.accuracy.unwrap_or(UNSAID)).filter(|metres| *metres <= LEAST_SURE)
    }
}

/// How far from the lead somebody stood, in metres, where that is suspicious.
pub(crate) fn far(stood: Stood, lead: Position) -> Option<(Strength, f64)> {
    let metres = stood.place.distance_m(lead);
    let beyond = metres - stood.slack()?;
    match beyond {
        _ if beyond > ELSEWHERE => Some((Strength::Strong, metres)),
        _ if beyond > AT_THE_LEAD => Some((Strength::Weak, metres)),
        _ => None,
    }
}

/// A way that nobody travels in that time: metres and seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Way {
    pub metres: f64,
    pub seconds: i64,
}

impl Way {
    /// In km/h; at least a second is taken to have passed.
    pub(crate) fn speed(self) -> f64 {
        self.metres / self.seconds.max(1) as f64 * 3.6
    }
}

/// Whether somebody who stood there at one time cannot have stood here at another.
pub(crate) fn impossible(one: (Stood, DateTime<Utc>), other: (Stood, DateTime<Utc>)) -> Option<(Strength, Way)> {
    let between = (other.1 - one.1).abs();
    let metres = one.0.place.distance_m(other.0.place);
    let surely = metres - one.0.slack()? - other.0.slack()?;
    if between > LONGEST || surely < LEAST_WAY {
        return None;
    }
    let seconds = between.num_seconds();
    let speed = surely / seconds.max(1) as f64;
    let way = Way { metres, seconds };
    match speed {
        _ if speed > 2.0 * FASTEST => Some((Strength::Strong, way)),
        _ if speed > FASTEST => Some((Strength::Weak, way)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    /// So many metres east of a place at 30.7° north.
    fn east(metres: f64, accuracy: Option<f64>) -> Stood {
        Stood { place: Position::new(121.0 + metres / 95_720.0, 30.7).unwrap(), accuracy }
    }

    #[test]
    fn what_the_device_leaves_open_is_given_to_the_person() {
        let lead = Position::new(121.0, 30.7).unwrap();
        let strength = |metres, accuracy| far(east(metres, accuracy), lead).map(|(strength, _)| strength);
        assert_eq!(strength(250.0, Some(10.0)), None);
        assert_eq!(strength(400.0, Some(10.0)), Some(Strength::Weak));
        assert_eq!(strength(400.0, Some(150.0)), None);
        assert_eq!(strength(390.0, None), None, "what is unsaid is taken to be a hundred metres");
        assert_eq!(strength(1_200.0, Some(20.0)), Some(Strength::Strong));
        assert_eq!(strength(9_000.0, Some(3_000.0)), None, "so unsure a position says nothing");
    }

    #[test]
    fn nobody_is_faster_than_the_fastest_road() {
        let start = Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap();
        let way =
            |metres, minutes| impossible((east(0.0, Some(10.0)), start), (east(metres, Some(10.0)), start + TimeDelta::minutes(minutes)));
        assert_eq!(way(10_000.0, 6), None, "a hundred km/h");
        assert_eq!(way(10_000.0, 4).map(|found| found.0), Some(Strength::Weak));
        assert_eq!(way(10_000.0, 1).map(|found| found.0), Some(Strength::Strong));
        assert_eq!(way(1_500.0, 0), None, "too short a way to tell");
        assert_eq!(way(400_000.0, 150), None, "too long ago");
        let (_, found) = way(10_000.0, 4).unwrap();
        assert!((found.speed() - 150.0).abs() < 1.0, "{found:?}");
    }
}
