//! Building the raster over the grids.

use std::collections::BTreeMap;

use geo::{Coord, LineString, MultiPolygon};

use super::{
    Candidate, GridIndex, LAST, OUTSIDE,
    axis::Axis,
    edge::{self, Edge},
};
use crate::region::RegionCode;

/// Raster cells a grid: at twenty by twenty, three points of four fall in a cell without a border.
const CELLS_PER_GRID: f64 = 400.0;

/// The fewest and the most cells of a raster, so that few grids are quick and many do not fill the memory.
const CELLS: (f64, f64) = (16_384.0, 4_194_304.0);

/// Why grids cannot be indexed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A coordinate is not a finite number.
    #[error("网格 {0} 的坐标不是有效数字")]
    NotFinite(RegionCode),
    /// More edges than the index can number.
    #[error("网格边界点过多")]
    TooLarge,
}

/// The edges of one grid and where they lie.
struct Shape {
    edges: Vec<Edge>,
    low: Coord<f64>,
    high: Coord<f64>,
}

pub(super) fn build(grids: Vec<(RegionCode, MultiPolygon<f64>)>) -> Result<GridIndex, BuildError> {
    let mut by_code: BTreeMap<RegionCode, Vec<Edge>> = BTreeMap::new();
    for (code, shape) in grids {
        let edges = by_code.entry(code.clone()).or_default();
        for ring in shape.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors())) {
            push_ring(edges, ring).map_err(|()| BuildError::NotFinite(code.clone()))?;
        }
    }
    let (codes, shapes): (Vec<RegionCode>, Vec<Shape>) =
        by_code.into_iter().filter_map(|(code, edges)| Some((code, Shape::of(edges)?))).unzip();
    let (columns, rows) = axes(&shapes);
    let mut raster = Raster::new(columns, rows);
    for (grid, shape) in shapes.iter().enumerate() {
        let grid = u32::try_from(grid).ok().filter(|grid| *grid < LAST >> 1).ok_or(BuildError::TooLarge)?;
        raster.lay(grid, shape)?;
    }
    raster.finish(codes)
}

fn push_ring(edges: &mut Vec<Edge>, ring: &LineString<f64>) -> Result<(), ()> {
    let points = &ring.0;
    if points.iter().any(|point| !point.x.is_finite() || !point.y.is_finite()) {
        return Err(());
    }
    let closing = points.last().into_iter().zip(points.first());
    let sides = points.windows(2).map(|pair| (&pair[0], &pair[1])).chain(closing);
    edges.extend(sides.filter_map(|(a, b)| Edge::between(*a, *b)));
    Ok(())
}

impl Shape {
    fn of(edges: Vec<Edge>) -> Option<Self> {
        let first = edges.first()?;
        let (mut low, mut high) = (first.low, first.high);
        for edge in &edges {
            low = Coord { x: low.x.min(edge.west()), y: low.y.min(edge.low.y) };
            high = Coord { x: high.x.max(edge.east()), y: high.y.max(edge.high.y) };
        }
        Some(Self { edges, low, high })
    }
}

fn axes(shapes: &[Shape]) -> (Axis, Axis) {
    let low = |pick: fn(&Shape) -> f64| shapes.iter().map(pick).fold(f64::INFINITY, f64::min);
    let high = |pick: fn(&Shape) -> f64| shapes.iter().map(pick).fold(f64::NEG_INFINITY, f64::max);
    if shapes.is_empty() {
        // An axis that holds nothing: every comparison with it fails.
        return (Axis::new(f64::NAN, f64::NAN, 1.0), Axis::new(f64::NAN, f64::NAN, 1.0));
    }
    let (west, south) = (low(|shape| shape.low.x), low(|shape| shape.low.y));
    let (east, north) = (high(|shape| shape.high.x), high(|shape| shape.high.y));
    let (width, height) = (east - west, north - south);
    let wanted = (shapes.len() as f64 * CELLS_PER_GRID).clamp(CELLS.0, CELLS.1);
    let across = if height > 0.0 { (wanted * width / height).sqrt().clamp(1.0, wanted) } else { wanted };
    (Axis::new(west, east, across), Axis::new(south, north, wanted / across))
}

/// The raster while grids are laid on it in the order of their codes.
struct Raster {
    columns: Axis,
    rows: Axis,
    /// Per cell the first grid that covers the whole of it, plus one.
    covered: Vec<u32>,
    /// Grids whose border crosses a cell that no earlier grid covers.
    crossings: Vec<(u32, Candidate)>,
    edges: Vec<Edge>,
    /// Of the grid at hand, the cells of its box that its border touches.
    touched: Vec<bool>,
}

impl Raster {
    fn new(columns: Axis, rows: Axis) -> Self {
        let covered = vec![0; columns.cells() * rows.cells()];
        Self { columns, rows, covered, crossings: Vec::new(), edges: Vec::new(), touched: Vec::new() }
    }

    fn lay(&mut self, grid: u32, shape: &Shape) -> Result<(), BuildError> {
        let columns = self.columns.span(shape.low.x, shape.high.x);
        let rows = self.rows.span(shape.low.y, shape.high.y);
        let (left, bottom) = (*columns.start(), *rows.start());
        let width = columns.end() - left + 1;
        self.touched.clear();
        self.touched.resize(width * (rows.end() - bottom + 1), false);
        let mut in_row: Vec<Vec<Edge>> = vec![Vec::new(); rows.end() - bottom + 1];
        for edge in &shape.edges {
            self.touch(edge, left, bottom, width);
            for row in self.rows.cell(edge.low.y)..=self.rows.cell(edge.high.y) {
                in_row[row - bottom].push(*edge);
            }
        }
        for (row, mut edges) in rows.zip(in_row) {
            // Easternmost first: what can matter in a cell is then the beginning of the list.
            edges.sort_by(|a, b| b.east().total_cmp(&a.east()));
            let first = u32::try_from(self.edges.len()).map_err(|_| BuildError::TooLarge)?;
            self.lay_row(grid, row, columns.clone(), &edges, first, (row - bottom) * width);
            self.edges.extend(edges);
        }
        Ok(())
    }

    /// Marks the cells that an edge touches, and those that it comes near enough to that rounding could tell otherwise.
    fn touch(&mut self, edge: &Edge, left: usize, bottom: usize, width: usize) {
        let (rise, run) = (edge.high.y - edge.low.y, edge.high.x - edge.low.x);
        for row in self.rows.span(edge.low.y, edge.high.y) {
            let (south, north) = self.rows.around(row);
            // Kept within the edge, so that rounding never leaves the box of the grid.
            let at = |y: f64| (((y - edge.low.y) / rise).clamp(0.0, 1.0) * run + edge.low.x).clamp(edge.west(), edge.east());
            let (a, b) = if rise > 0.0 { (at(south), at(north)) } else { (edge.low.x, edge.high.x) };
            for column in self.columns.span(a.min(b), a.max(b)) {
                self.touched[(row - bottom) * width + column - left] = true;
            }
        }
    }

    fn lay_row(&mut self, grid: u32, row: usize, columns: std::ops::RangeInclusive<usize>, edges: &[Edge], first: u32, touched: usize) {
        let y = self.rows.middle(row);
        // Cells side by side without a border between them are alike: one test a run.
        let mut inside = None;
        for (at, column) in columns.enumerate() {
            let cell = row * self.columns.cells() + column;
            if self.touched[touched + at] {
                inside = None;
                let count = edges.iter().take_while(|edge| self.columns.cell(edge.east()) >= column).count();
                if self.covered[cell] == 0 && count > 0 {
                    let candidate = Candidate { grid, first, count: u32::try_from(count).unwrap_or(u32::MAX) };
                    self.crossings.push((u32::try_from(cell).unwrap_or(u32::MAX), candidate));
                }
            } else if *inside.get_or_insert_with(|| edge::holds(edges, self.columns.middle(column), y)) && self.covered[cell] == 0 {
                self.covered[cell] = grid + 1;
            }
        }
    }

    fn finish(mut self, codes: Vec<RegionCode>) -> Result<GridIndex, BuildError> {
        let mut cells: Vec<u32> = self.covered.iter().map(|grid| if *grid == 0 { OUTSIDE } else { (grid - 1) << 1 | 1 }).collect();
        let mut candidates: Vec<Candidate> = Vec::with_capacity(self.crossings.len() * 5 / 4);
        // Stable, so that within a cell the order of codes stays.
        self.crossings.sort_by_key(|(cell, _)| *cell);
        for crossings in self.crossings.chunk_by(|a, b| a.0 == b.0) {
            let cell = crossings[0].0 as usize;
            let head = u32::try_from(candidates.len() + 1).ok().filter(|head| *head < LAST).ok_or(BuildError::TooLarge)?;
            candidates.extend(crossings.iter().map(|(_, candidate)| *candidate));
            if let Some(grid) = self.covered[cell].checked_sub(1) {
                candidates.push(Candidate { grid, first: 0, count: 0 });
            }
            if let Some(last) = candidates.last_mut() {
                last.grid |= LAST;
            }
            cells[cell] = head << 1;
        }
        candidates.shrink_to_fit();
        self.edges.shrink_to_fit();
        Ok(GridIndex { codes, columns: self.columns, rows: self.rows, cells, candidates, edges: self.edges })
    }
}
