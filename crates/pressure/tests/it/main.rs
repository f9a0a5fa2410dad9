//! Supervision on a real database, through its HTTP face, with real leads behind.

mod automatic;
mod ladder;
mod scene;
mod scope;
