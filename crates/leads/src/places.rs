//! Cells of places (位置格): the same squares as the function `place_cell` of the tables, and distances between near points.

use kernel::position::Position;

/// Cells of one degree along each side.
const A_DEGREE: f64 = 500.0;
/// Metres of a degree of latitude.
const METRES: f64 = 111_320.0;
/// Cells of a circle at most: a circle of a kilometre at the latitude of China has some 150.
const MOST_CELLS: usize = 400;

/// The cells that a circle touches.
pub(crate) fn cells_around(centre: Position, metres: f64) -> Vec<i64> {
    let lat = metres / METRES;
    let lon = lat / centre.lat.to_radians().cos().max(0.01);
    let range = |middle: f64, side: f64| ((middle - side) * A_DEGREE).floor() as i64..=((middle + side) * A_DEGREE).floor() as i64;
    let cells = range(centre.lat, lat).flat_map(|row| range(centre.lon, lon).map(move |column| row * 1_000_000 + column));
    cells.take(MOST_CELLS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_touches_few_cells_and_its_own() {
        let centre = Position::new(121.005, 30.705).unwrap();
        let cells = cells_around(centre, 150.0);
        let cell = |lon: f64, lat: f64| (lat * A_DEGREE).floor() as i64 * 1_000_000 + (lon * A_DEGREE).floor() as i64;
        assert!(cells.contains(&cell(121.005, 30.705)) && (4..=9).contains(&cells.len()), "{cells:?}");
        for (lon, lat) in [(121.0064, 30.705), (121.005, 30.7062), (121.0036, 30.705), (121.005, 30.7038)] {
            assert!(cells.contains(&cell(lon, lat)));
        }
        assert!(cells_around(Position::new(121.0, 30.7).unwrap(), 1e9).len() <= MOST_CELLS);
    }
}
