//! Machine sources on a real database, through their HTTP face, with real leads behind.

mod closing;
mod coverage;
mod events;
mod scene;
mod sightings;
mod trust;
