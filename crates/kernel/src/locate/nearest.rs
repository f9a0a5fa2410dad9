//! The nearest grid to a point outside all of them: a position that a telephone took from the river's other bank.

use geo::Coord;

use super::{GridIndex, LAST, OUTSIDE, edge::Edge};
use crate::{position::Position, region::RegionCode};

/// Metres in a degree of latitude.
const METRES_A_DEGREE: f64 = 111_195.08;

/// The grid nearest to a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest<'a> {
    /// Its code.
    pub code: &'a RegionCode,
    /// Metres to its border, 0 inside. Plane geometry: good to a few millimetres in a kilometre.
    pub distance_m: f64,
}

impl GridIndex {
    /// The grid that holds `position`, or else the nearest one within `max_m` metres; the smallest code of several as near.
    #[must_use]
    pub fn nearest(&self, position: Position, max_m: f64) -> Option<Nearest<'_>> {
        if let Some(code) = self.locate(position) {
            return Some(Nearest { code, distance_m: 0.0 });
        }
        if self.is_empty() || !position.lon.is_finite() || !position.lat.is_finite() {
            return None;
        }
        let plane = Plane::at(position);
        let start = (self.columns.cell(position.lon), self.rows.cell(position.lat));
        let cell_m = (self.columns.size() * plane.east_m).min(self.rows.size() * METRES_A_DEGREE);
        let mut best: Option<(f64, u32)> = None;
        for ring in 0..self.columns.cells().max(self.rows.cells()) {
            // A cell in this ring is at least one cell less than the ring away, also when the point lies off the raster.
            let reach = ring.saturating_sub(1) as f64 * cell_m;
            if reach > best.map_or(max_m, |(distance, _)| distance) {
                break;
            }
            self.each_cell_in_ring(start, ring, |cell| {
                for (grid, edge) in self.edges_in(cell) {
                    let found = (plane.distance_to(edge), grid);
                    if found.0 <= max_m && best.is_none_or(|known| found < known) {
                        best = Some(found);
                    }
                }
            });
        }
        best.map(|(distance_m, grid)| Nearest { code: &self.codes[grid as usize], distance_m })
    }

    fn each_cell_in_ring(&self, (column, row): (usize, usize), ring: usize, mut visit: impl FnMut(u32)) {
        let width = self.columns.cells();
        let mut line = |row: usize, from: usize, to: usize, step: usize| {
            (from..=to.min(width - 1)).step_by(step).for_each(|column| visit(self.cells[row * width + column]));
        };
        let (south, north) = (row.checked_sub(ring), Some(row + ring).filter(|row| *row < self.rows.cells()));
        let (west, east) = (column.checked_sub(ring), column + ring);
        for full in south.into_iter().chain(north.filter(|_| ring > 0)) {
            line(full, west.unwrap_or(0), east, 1);
        }
        let between = (row + 1).saturating_sub(ring)..(row + ring).min(self.rows.cells());
        for row in if ring == 0 { 0..0 } else { between } {
            if let Some(west) = west {
                line(row, west, west, 1);
            }
            line(row, east, east, 1);
        }
    }

    /// The edges that touch a cell, and some of the same raster row beside it.
    fn edges_in(&self, cell: u32) -> impl Iterator<Item = (u32, &Edge)> {
        let crossed = cell != OUTSIDE && cell & 1 == 0;
        let candidates = crossed.then(|| self.candidates_of(cell)).into_iter().flatten();
        candidates.flat_map(|candidate| self.edges_of(candidate).iter().map(|edge| (candidate.grid & !LAST, edge)))
    }
}

/// The plane that touches the globe at a position, in metres.
struct Plane {
    origin: Coord<f64>,
    east_m: f64,
}

impl Plane {
    fn at(position: Position) -> Self {
        let east_m = METRES_A_DEGREE * position.lat.to_radians().cos().max(1e-9);
        Self { origin: Coord { x: position.lon, y: position.lat }, east_m }
    }

    fn place(&self, point: Coord<f64>) -> (f64, f64) {
        ((point.x - self.origin.x) * self.east_m, (point.y - self.origin.y) * METRES_A_DEGREE)
    }

    fn distance_to(&self, edge: &Edge) -> f64 {
        let (ax, ay) = self.place(edge.low);
        let (bx, by) = self.place(edge.high);
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        (ax + along * dx).hypot(ay + along * dy)
    }
}
