//! From a point to its unit grid (单元网格), exactly and in well under a microsecond.
//!
//! A uniform raster lies over all grids. A cell that no border touches answers at once: one grid, or none. A cell that borders
//! cross holds the grids that meet in it, smallest code first, each with only those of its edges that can matter to a point of
//! that cell; they are decided by counting the edges that a ray to the east crosses, every comparison exact (robust orientation).
//!
//! A grid is closed: a point exactly on a shared border belongs to the grid with the smallest code of those that touch it.

mod axis;
mod build;
mod edge;
mod nearest;

pub use axis::Axis;
pub use build::BuildError;
pub use edge::{Edge, holds};
pub use nearest::Nearest;

use crate::{position::Position, region::RegionCode};

/// A cell outside every grid.
const OUTSIDE: u32 = 0;

/// Set on the last candidate of a cell.
const LAST: u32 = 1 << 31;

/// A grid that meets a raster cell.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    /// Its number in the order of codes, with [`LAST`] on the last one of the cell.
    grid: u32,
    /// Its edges that can matter in this cell: `count` of them from `first`; none when the grid covers the whole cell.
    first: u32,
    count: u32,
}

/// An index of unit grids (网格索引), built once and read by everybody.
#[derive(Debug, Clone)]
pub struct GridIndex {
    codes: Vec<RegionCode>,
    columns: Axis,
    rows: Axis,
    /// For each cell: [`OUTSIDE`], or `grid << 1 | 1` when wholly inside that grid, or `first candidate + 1 << 1`.
    cells: Vec<u32>,
    candidates: Vec<Candidate>,
    /// Per grid and raster row, the edges that touch the row, easternmost first.
    edges: Vec<Edge>,
}

impl GridIndex {
    /// Indexes grids; of a code given twice the parts are taken together. Rings need not be closed, holes are holes, and grids
    /// may overlap: the smallest code wins there too.
    ///
    /// # Errors
    /// A coordinate that is not finite, or more than some hundred million edges.
    pub fn build<G: Into<geo::MultiPolygon<f64>>>(grids: impl IntoIterator<Item = (RegionCode, G)>) -> Result<Self, BuildError> {
        build::build(grids.into_iter().map(|(code, shape)| (code, shape.into())).collect())
    }

    /// The grid that `position` lies in or on the border of; none outside all of them.
    #[must_use]
    pub fn locate(&self, position: Position) -> Option<&RegionCode> {
        self.find(position.lon, position.lat).map(|grid| &self.codes[grid as usize])
    }

    /// The number of grids.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are no grids at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Bytes of memory that the index takes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.cells.capacity() * size_of::<u32>()
            + self.candidates.capacity() * size_of::<Candidate>()
            + self.edges.capacity() * size_of::<Edge>()
            + self.codes.capacity() * size_of::<RegionCode>()
    }

    fn find(&self, x: f64, y: f64) -> Option<u32> {
        // A number that is not one fails both tests.
        if !self.columns.holds(x) || !self.rows.holds(y) {
            return None;
        }
        let cell = self.cells[self.rows.cell(y) * self.columns.cells() + self.columns.cell(x)];
        if cell == OUTSIDE {
            return None;
        }
        if cell & 1 == 1 {
            return Some(cell >> 1);
        }
        for candidate in self.candidates_of(cell) {
            if candidate.count == 0 || edge::holds(self.edges_of(candidate), x, y) {
                return Some(candidate.grid & !LAST);
            }
        }
        None
    }

    /// The candidates of a cell that holds a list.
    fn candidates_of(&self, cell: u32) -> impl Iterator<Item = &Candidate> {
        let first = (cell >> 1) as usize - 1;
        let mut ended = false;
        self.candidates[first..].iter().take_while(move |candidate| {
            let goes_on = !ended;
            ended = candidate.grid & LAST != 0;
            goes_on
        })
    }

    fn edges_of(&self, candidate: &Candidate) -> &[Edge] {
        &self.edges[candidate.first as usize..][..candidate.count as usize]
    }
}
