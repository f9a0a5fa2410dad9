//! Telling, against a real PostgreSQL and real sockets.

mod house;
mod notification;
mod relay;
mod stream;
mod webhook;
