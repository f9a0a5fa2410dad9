//! Coordinates there and back.

use kernel::position::{CoordinateSystem, Position};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_system_comes_back_to_a_billionth_of_a_degree(lon in 73.7f64..135.0, lat in 3.9f64..53.5) {
        let position = Position::new(lon, lat).unwrap();
        for system in [CoordinateSystem::Wgs84, CoordinateSystem::Gcj02, CoordinateSystem::Bd09, CoordinateSystem::Cgcs2000] {
            let (x, y) = position.to(system);
            let back = Position::from(system, x, y).unwrap();
            prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9, "{system}: {position:?} {back:?}");
        }
    }

    #[test]
    fn the_shift_is_hundreds_of_metres(lon in 73.7f64..135.0, lat in 18.0f64..53.5) {
        let position = Position::new(lon, lat).unwrap();
        let (x, y) = position.to(CoordinateSystem::Gcj02);
        let shift = position.distance_m(Position::new(x, y).unwrap());
        prop_assert!((1.0..1500.0).contains(&shift), "{shift}");
    }
}
