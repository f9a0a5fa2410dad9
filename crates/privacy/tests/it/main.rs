//! Privacy on a real database, through its HTTP face, with real reports behind.

mod holds;
mod notices;
mod own;
mod requests;
mod retention;
mod scene;
