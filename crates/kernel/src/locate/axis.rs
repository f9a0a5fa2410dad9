//! One axis of the raster: which cell a coordinate falls in.

/// A range of coordinates cut into equal cells.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    origin: f64,
    end: f64,
    per_degree: f64,
    cells: usize,
}

/// No cell is smaller than a centimetre: far above what rounding does to a degree.
const SMALLEST: f64 = 1e-7;

/// What is added around a range before it is asked for its cells, in cells: far more than rounding, far less than a cell.
const MARGIN: f64 = 1e-5;

impl Axis {
    /// The axis from `origin` to `end` in about `cells` cells.
    #[must_use]
    pub fn new(origin: f64, end: f64, cells: f64) -> Self {
        let length = end - origin;
        let cells = cells.min(length / SMALLEST).floor().max(1.0);
        let per_degree = if length > 0.0 { cells / length } else { 0.0 };
        Self { origin, end, per_degree, cells: cells as usize }
    }

    /// The number of cells.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.cells
    }

    /// Whether `value` lies on the axis.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        value >= self.origin && value <= self.end
    }

    /// The cell of `value`. Subtraction and multiplication round monotonically, so that a greater value never falls in a
    /// smaller cell: that is what the whole index rests on.
    #[must_use]
    pub fn cell(&self, value: f64) -> usize {
        (((value - self.origin) * self.per_degree) as usize).min(self.cells - 1)
    }

    /// The middle of `cell`.
    #[must_use]
    pub fn middle(&self, cell: usize) -> f64 {
        self.at(cell as f64 + 0.5)
    }

    /// The range of `cell`, wider on both sides than rounding could make it.
    #[must_use]
    pub fn around(&self, cell: usize) -> (f64, f64) {
        (self.at(cell as f64 - MARGIN), self.at(cell as f64 + 1.0 + MARGIN))
    }

    /// The cells that values from `low` to `high` can fall in, one margin wider.
    #[must_use]
    pub fn span(&self, low: f64, high: f64) -> std::ops::RangeInclusive<usize> {
        let margin = self.size() * MARGIN;
        self.cell(low - margin)..=self.cell(high + margin)
    }

    /// The size of a cell.
    #[must_use]
    pub fn size(&self) -> f64 {
        if self.per_degree > 0.0 { 1.0 / self.per_degree } else { 0.0 }
    }

    fn at(&self, cells: f64) -> f64 {
        self.origin + cells * self.size()
    }
}
