//! Catalogues (标准数据): classes of matters and components with their limits, regions and unit grids, components, and
//! the layers of the offline map.
//!
//! Invariants:
//! - everything here is versioned or carries its day: a lead keeps the code it was given;
//! - nothing is guessed silently: a class without a limit takes the configured default, marked provisional, and stands on
//!   the list to settle;
//! - readers never wait for the database: a snapshot in memory answers, and is replaced whole after every change, in this
//!   process at once and in every other through NOTIFY;
//! - the geometry that came in is the geometry that goes out: nothing is simplified or repaired.

mod base;
mod body;
mod cached;
mod class;
mod component;
mod error;
mod handle;
mod map;
mod place;
mod region;
mod rights;
mod routes;
mod settings;
mod snapshot;
pub mod suggest;

use database::Migration;

pub use class::{Class, ClassKind, Limit};
pub use component::NearbyComponent;
pub use error::CatalogueError;
pub use handle::Catalogue;
pub use map::{BaseKind, MapBase, MapSettings};
pub use place::{NamedRegion, Place, PlaceBody};
pub use rights::{ManageCatalogue, ReadCatalogue, rights};
pub use routes::routes;
pub use settings::{MapConfig, Settings};

/// The tables of this crate.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 4000, name: "catalogue", sql: include_str!("../migrations/4000_catalogue.sql") }];
