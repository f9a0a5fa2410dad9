//! Construction waste on a real database, through its operations.

mod permits;
mod register;
mod scene;
