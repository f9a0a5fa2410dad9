//! Files against a real PostgreSQL, a real folder and real sockets.

mod bucket;
mod house;
mod keep;
mod likeness;
mod serve;
mod trace;
mod upload;
