//! The lead room on a real database, through its HTTP face.

mod idempotent;
mod intake;
mod lists;
mod procedure;
mod refusals;
mod scene;
mod scope;
mod turns;
mod whole_loop;
mod personal;
