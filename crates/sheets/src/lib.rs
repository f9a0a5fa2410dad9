//! Workbooks (电子表格): the first sheet of an XLSX file as CSV, within bounds, and a small table as an XLSX file.
//!
//! Invariant: what would expand beyond the bounds is refused before it is read ([`to_csv`], [`to_csv_within`]).

mod expansion;
mod small;
mod workbook;

pub use small::{SmallError, small};
pub use workbook::{WorkbookError, to_csv, to_csv_within};
