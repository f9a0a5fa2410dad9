//! Regions (区域): county, townships, communities and unit grids with their borders.

mod check;
mod import;
mod list;
pub(crate) mod store;

pub(crate) use import::{__path_import, import};
pub(crate) use list::{__path_list, list};
