//! Files against a real PostgreSQL, a real folder and real sockets.

mod bucket;
mod covered;
#[path = "../../../bihuan/src/serve/eyes.rs"]
mod eyes;
mod house;
mod keep;
mod large;
mod likeness;
mod published;
mod serve;
mod trace;
mod upload;
