//! Fences (电子围栏): which areas and corridors hold a point, how far outside it lies, and what of that lasts. Pure: no clock, no database.
//!
//! Nouns: fence (电子围栏), area (面), corridor (路线走廊), presence (在内在外), streak (持续情形).
//!
//! Invariants:
//! - [`Fences::at`] says of every point what [`Shape::holds`] says of each fence alone; a fence is closed, its border belongs to it;
//! - an edge is straight in degrees of WGS-84, as in RFC 7946 (3.1.1), and so is the line in the middle of a corridor;
//! - a metre is a metre of the ellipsoid at the point that is asked about. Against the geodesic a distance is off by less than one part in
//!   2,000 up to 5 km away within 60 degrees of the equator (a test asks); a corridor's border by centimetres;
//! - what is said of a moving thing does not flap: it takes a margin, a hold or so many of so many points to change it back.
//!
//! The exact test of a point and an edge, and the axes of the raster, are those of the unit grids (`kernel::locate`). Their raster itself
//! keeps the first of several grids in a cell; fences lie over one another and all count, so they have their own.

mod build;
mod index;
mod plane;
mod presence;
mod shape;
mod streak;

pub use build::BuildError;
pub use index::Fences;
pub use plane::Plane;
pub use presence::{Change, Presence};
pub use shape::Shape;
pub use streak::{Streak, Streaks};
