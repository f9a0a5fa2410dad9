//! Building the raster over the fences.

use std::collections::BTreeMap;

use geo::Coord;
use kernel::locate::{Axis, Edge, holds};

use crate::{
    Fences, Plane, Shape,
    index::Entry,
    shape::{edges, sides},
};

/// Raster cells a fence.
const CELLS_PER_FENCE: f64 = 400.0;
/// The fewest and the most cells of a raster, so that few fences are quick and many do not fill the memory.
const CELLS: (f64, f64) = (16_384.0, 4_194_304.0);
/// What is added to distances while cells are chosen: far more than the planes at two points of a cell and its surroundings differ.
const SLACK: f64 = 1.01;

/// Why fences cannot be indexed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A coordinate or width is no finite number, or a width is negative; the fence's place.
    #[error("第 {0} 个围栏的坐标或宽度不是有效数字")]
    NotFinite(usize),
    /// More edges than the index can number.
    #[error("围栏边界点过多")]
    TooLarge,
}

pub(crate) fn build(shapes: Vec<Shape>) -> Result<Fences, BuildError> {
    let mut box_of = Vec::with_capacity(shapes.len());
    for (at, shape) in shapes.iter().enumerate() {
        box_of.push(bounds(shape).map_err(|()| BuildError::NotFinite(at))?);
    }
    let (columns, rows) = axes(&box_of);
    let mut raster = Raster { columns, rows, laid: Vec::new(), edges: Vec::new(), sides: Vec::new() };
    let mut widths = Vec::with_capacity(shapes.len());
    for (fence, (shape, bounds)) in shapes.iter().zip(&box_of).enumerate() {
        let fence = u32::try_from(fence).map_err(|_| BuildError::TooLarge)?;
        match shape {
            Shape::Area(area) => {
                widths.push(-1.0);
                if let Some(bounds) = bounds {
                    raster.lay_area(fence, &edges(area), *bounds)?;
                }
            }
            Shape::Corridor { line, half_width_m } => {
                widths.push(half_width_m * half_width_m);
                raster.lay_corridor(fence, sides(line).collect(), *half_width_m)?;
            }
        }
    }
    let cells = if box_of.iter().any(Option::is_some) { columns.cells() * rows.cells() } else { 1 };
    // Stable, so that within a cell the order of fences stays.
    raster.laid.sort_by_key(|(cell, _)| *cell);
    u32::try_from(raster.laid.len()).map_err(|_| BuildError::TooLarge)?;
    let mut starts = vec![0_u32; cells + 1];
    for (cell, _) in &raster.laid {
        starts[*cell as usize + 1] += 1;
    }
    for cell in 0..cells {
        starts[cell + 1] += starts[cell];
    }
    let entries = raster.laid.iter().map(|(_, entry)| *entry).collect();
    Ok(Fences { shapes, columns, rows, starts, entries, edges: raster.edges, sides: raster.sides, widths })
}

/// South-west and north-east corner.
type Box2 = (Coord<f64>, Coord<f64>);

/// The box of a shape; none of an empty one.
fn bounds(shape: &Shape) -> Result<Option<Box2>, ()> {
    let mut bounds: Option<Box2> = None;
    for point in shape.coordinates() {
        if !point.x.is_finite() || !point.y.is_finite() {
            return Err(());
        }
        let (low, high) = bounds.unwrap_or((point, point));
        bounds = Some((Coord { x: low.x.min(point.x), y: low.y.min(point.y) }, Coord { x: high.x.max(point.x), y: high.y.max(point.y) }));
    }
    let Shape::Corridor { half_width_m, .. } = shape else { return Ok(bounds) };
    if !half_width_m.is_finite() || *half_width_m < 0.0 {
        return Err(());
    }
    Ok(bounds.map(|(low, high)| {
        // The end nearer to a pole has the shorter degrees.
        let pole = if low.y.abs() > high.y.abs() { low } else { high };
        let reach = Plane::at(pole).degrees(half_width_m * SLACK);
        (Coord { x: low.x - reach.x, y: low.y - reach.y }, Coord { x: high.x + reach.x, y: high.y + reach.y })
    }))
}

fn axes(boxes: &[Option<Box2>]) -> (Axis, Axis) {
    let all = boxes.iter().flatten().copied().reduce(|(low, high), (next_low, next_high)| {
        (Coord { x: low.x.min(next_low.x), y: low.y.min(next_low.y) }, Coord { x: high.x.max(next_high.x), y: high.y.max(next_high.y) })
    });
    let Some((low, high)) = all else {
        // An axis that holds nothing: every comparison with it fails.
        return (Axis::new(f64::NAN, f64::NAN, 1.0), Axis::new(f64::NAN, f64::NAN, 1.0));
    };
    let (width, height) = (high.x - low.x, high.y - low.y);
    let wanted = (boxes.len() as f64 * CELLS_PER_FENCE).clamp(CELLS.0, CELLS.1);
    let across = if height > 0.0 { (wanted * width / height).sqrt().clamp(1.0, wanted) } else { wanted };
    (Axis::new(low.x, high.x, across), Axis::new(low.y, high.y, wanted / across))
}

/// The raster while fences are laid on it in their order.
struct Raster {
    columns: Axis,
    rows: Axis,
    laid: Vec<(u32, Entry)>,
    edges: Vec<Edge>,
    sides: Vec<(Coord<f64>, Coord<f64>)>,
}

impl Raster {
    fn put(&mut self, row: usize, column: usize, entry: Entry) -> Result<(), BuildError> {
        let cell = u32::try_from(row * self.columns.cells() + column).map_err(|_| BuildError::TooLarge)?;
        self.laid.push((cell, entry));
        Ok(())
    }

    fn lay_area(&mut self, fence: u32, own: &[Edge], (low, high): Box2) -> Result<(), BuildError> {
        let (columns, rows) = (self.columns.span(low.x, high.x), self.rows.span(low.y, high.y));
        let (left, bottom) = (*columns.start(), *rows.start());
        let (wide, tall) = (columns.end() - left + 1, rows.end() - bottom + 1);
        let mut touched = vec![false; wide * tall];
        let mut in_row: Vec<Vec<Edge>> = vec![Vec::new(); tall];
        for edge in own {
            self.touch(edge, &mut touched, (left, bottom, wide));
            for row in self.rows.cell(edge.low.y)..=self.rows.cell(edge.high.y) {
                in_row[row - bottom].push(*edge);
            }
        }
        for (row, mut edges) in rows.zip(in_row) {
            // Easternmost first: what can matter in a cell is then the beginning of the list.
            edges.sort_by(|a, b| b.east().total_cmp(&a.east()));
            let first = u32::try_from(self.edges.len()).map_err(|_| BuildError::TooLarge)?;
            let y = self.rows.middle(row);
            // Cells side by side without a border between them are alike: one test a run.
            let mut inside = None;
            for column in columns.clone() {
                if touched[(row - bottom) * wide + column - left] {
                    inside = None;
                    let count = edges.iter().take_while(|edge| self.columns.cell(edge.east()) >= column).count();
                    if count > 0 {
                        self.put(row, column, Entry { fence, first, count: u32::try_from(count).unwrap_or(u32::MAX) })?;
                    }
                } else if *inside.get_or_insert_with(|| holds(&edges, self.columns.middle(column), y)) {
                    self.put(row, column, Entry { fence, first: 0, count: 0 })?;
                }
            }
            self.edges.extend(edges);
        }
        Ok(())
    }

    /// Marks the cells that an edge touches, and those that it comes near enough to that rounding could tell otherwise.
    fn touch(&self, edge: &Edge, touched: &mut [bool], (left, bottom, wide): (usize, usize, usize)) {
        let (rise, run) = (edge.high.y - edge.low.y, edge.high.x - edge.low.x);
        for row in self.rows.span(edge.low.y, edge.high.y) {
            let (south, north) = self.rows.around(row);
            // Kept within the edge, so that rounding never leaves the box of the area.
            let at = |y: f64| (((y - edge.low.y) / rise).clamp(0.0, 1.0) * run + edge.low.x).clamp(edge.west(), edge.east());
            let (a, b) = if rise > 0.0 { (at(south), at(north)) } else { (edge.low.x, edge.high.x) };
            for column in self.columns.span(a.min(b), a.max(b)) {
                touched[(row - bottom) * wide + column - left] = true;
            }
        }
    }

    fn lay_corridor(&mut self, fence: u32, own: Vec<(Coord<f64>, Coord<f64>)>, half_width_m: f64) -> Result<(), BuildError> {
        let base = u32::try_from(self.sides.len()).map_err(|_| BuildError::TooLarge)?;
        // Of each cell the first and last side that can matter, and whether one of them covers the whole of it.
        let mut cells: BTreeMap<(usize, usize), (u32, u32, bool)> = BTreeMap::new();
        for (number, (a, b)) in own.iter().enumerate() {
            let number = base + u32::try_from(number).map_err(|_| BuildError::TooLarge)?;
            let pole = if a.y.abs() > b.y.abs() { a } else { b };
            let reach = Plane::at(*pole).degrees(half_width_m * SLACK);
            let columns = self.columns.span(a.x.min(b.x) - reach.x, a.x.max(b.x) + reach.x);
            for row in self.rows.span(a.y.min(b.y) - reach.y, a.y.max(b.y) + reach.y) {
                for column in columns.clone() {
                    let ((west, east), (south, north)) = (self.columns.around(column), self.rows.around(row));
                    let plane = Plane::at(Coord { x: f64::midpoint(west, east), y: f64::midpoint(south, north) });
                    let diagonal = plane.distance(Coord { x: east, y: north });
                    if plane.distance_to_side(*a, *b) > (half_width_m + diagonal) * SLACK {
                        continue;
                    }
                    // Everything so near to a straight side is convex: with its corners it holds the cell.
                    let corners = [(west, south), (west, north), (east, south), (east, north)];
                    let covered =
                        corners.iter().all(|(x, y)| Plane::at(Coord { x: *x, y: *y }).distance_to_side(*a, *b) * SLACK <= half_width_m);
                    let cell = cells.entry((row, column)).or_insert((number, number, covered));
                    cell.1 = number;
                    cell.2 |= covered;
                }
            }
        }
        for ((row, column), (first, last, covered)) in cells {
            self.put(
                row,
                column,
                if covered { Entry { fence, first: 0, count: 0 } } else { Entry { fence, first, count: last - first + 1 } },
            )?;
        }
        self.sides.extend(own);
        Ok(())
    }
}
