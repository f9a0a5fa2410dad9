//! What a vehicle is doing, in one word (车辆状态): what the map colours by.

use chrono::{DateTime, TimeDelta, Utc};
use jt808::Load;
use tracks::Point;

/// A vehicle of which nothing came for so long is dark. Terminals report every 10 to 60 seconds under way and every few minutes at rest; no
/// standard fixes the number, this is the program's own.
pub(crate) const DARK_AFTER: TimeDelta = TimeDelta::minutes(10);
/// Under so many 0.1 km/h a vehicle stands: satellites alone make one or two km/h.
const STANDS: u16 = 30;

kernel::codes! {
    /// What a vehicle is doing (车辆状态). The first that applies.
    VehicleState {
        /// Nothing came for ten minutes (失联).
        Dark = "dark", "失联";
        /// Its newest point raises an alarm bit (报警).
        Alarm = "alarm", "报警";
        /// It stands (停车).
        Stopped = "stopped", "停车";
        /// It drives and says that it is half or fully loaded (重车行驶).
        Loaded = "loaded", "重车行驶";
        /// It drives, empty or without saying (行驶).
        Moving = "moving", "行驶";
    }
}

/// What a vehicle is doing, by its newest point.
pub(crate) fn state(point: &Point, load: Option<Load>, now: DateTime<Utc>) -> VehicleState {
    let taken = DateTime::from_timestamp_millis(point.taken).unwrap_or_default();
    if now - taken > DARK_AFTER {
        VehicleState::Dark
    } else if point.alarms != 0 {
        VehicleState::Alarm
    } else if point.speed < STANDS {
        VehicleState::Stopped
    } else if matches!(load, Some(Load::Half | Load::Full)) {
        VehicleState::Loaded
    } else {
        VehicleState::Moving
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_applies_is_the_state() {
        let now = DateTime::from_timestamp(1_795_363_200, 0).unwrap_or_default();
        let point = Point { taken: now.timestamp_millis() - 600_000, speed: 300, ..Point::default() };
        assert_eq!(state(&point, Some(Load::Full), now), VehicleState::Loaded);
        assert_eq!(state(&point, Some(Load::Empty), now), VehicleState::Moving);
        assert_eq!(state(&point, None, now), VehicleState::Moving);
        assert_eq!(state(&Point { speed: 29, ..point.clone() }, Some(Load::Full), now), VehicleState::Stopped);
        let raised = Point { alarms: 2, ..point };
        assert_eq!(state(&raised, None, now), VehicleState::Alarm);
        assert_eq!(state(&raised, None, now + TimeDelta::milliseconds(1)), VehicleState::Dark);
    }
}
