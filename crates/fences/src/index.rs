//! From a point to the fences that hold it.

use geo::Coord;
use kernel::locate::{Axis, Edge, holds};

use crate::{BuildError, Plane, Shape, build};

/// A fence that meets a raster cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub fence: u32,
    /// Its edges or sides that can matter in the cell: `count` of them from `first`; none where it covers the whole cell.
    pub first: u32,
    pub count: u32,
}

/// An index of fences, built once and read by everybody. A uniform raster lies over all of them; a cell names the fences that cover it, and
/// those that cross it with only what of them can matter to a point of the cell.
#[derive(Debug, Clone)]
pub struct Fences {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) columns: Axis,
    pub(crate) rows: Axis,
    /// For each cell where its entries begin; one more for the end of the last.
    pub(crate) starts: Vec<u32>,
    pub(crate) entries: Vec<Entry>,
    /// Of areas, per raster row, the easternmost first.
    pub(crate) edges: Vec<Edge>,
    /// Of corridors, in their order.
    pub(crate) sides: Vec<(Coord<f64>, Coord<f64>)>,
    /// Half widths in metres, squared; negative for areas.
    pub(crate) widths: Vec<f64>,
}

impl Fences {
    /// Indexes fences; each is known by its place in `shapes`.
    ///
    /// # Errors
    /// A coordinate or a width that is not finite, a negative width, or more than some hundred million edges.
    pub fn build(shapes: Vec<Shape>) -> Result<Self, BuildError> {
        build::build(shapes)
    }

    /// The fences that hold a point, in their order, in `found` instead of what was there.
    pub fn at(&self, lon: f64, lat: f64, found: &mut Vec<u32>) {
        found.clear();
        // A number that is not one fails both tests.
        if !self.columns.holds(lon) || !self.rows.holds(lat) {
            return;
        }
        let cell = self.rows.cell(lat) * self.columns.cells() + self.columns.cell(lon);
        let entries = &self.entries[self.starts[cell] as usize..self.starts[cell + 1] as usize];
        let mut plane = None;
        for entry in entries {
            if entry.count == 0 || self.entry_holds(entry, Coord { x: lon, y: lat }, &mut plane) {
                found.push(entry.fence);
            }
        }
    }

    fn entry_holds(&self, entry: &Entry, point: Coord<f64>, plane: &mut Option<Plane>) -> bool {
        let (first, last) = (entry.first as usize, (entry.first + entry.count) as usize);
        let width = self.widths[entry.fence as usize];
        if width < 0.0 {
            return holds(&self.edges[first..last], point.x, point.y);
        }
        let plane = plane.get_or_insert_with(|| Plane::at(point));
        self.sides[first..last].iter().any(|(a, b)| plane.squared_to_side(*a, *b) <= width)
    }

    /// The shape of a fence.
    #[must_use]
    pub fn shape(&self, fence: u32) -> Option<&Shape> {
        self.shapes.get(fence as usize)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// Bytes of memory that the raster takes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.starts.capacity() * size_of::<u32>()
            + self.entries.capacity() * size_of::<Entry>()
            + self.edges.capacity() * size_of::<Edge>()
            + self.sides.capacity() * size_of::<(Coord<f64>, Coord<f64>)>()
    }
}
