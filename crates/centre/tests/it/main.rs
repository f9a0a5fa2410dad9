//! The case-handling centre on a real database, through its operations.

mod archive;
mod devices;
mod scene;
mod sessions;
