//! Evidence on a real PostgreSQL and a real folder, of a case that a small room of the test holds.

mod custody;
mod desk;
mod item;
mod matrix;
