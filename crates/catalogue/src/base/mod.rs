//! The layers of the offline map's base: the counties around, roads and points of interest.

mod import;
pub(crate) mod store;

pub(crate) use import::{__path_import_background, __path_import_roads, import_background, import_roads};
