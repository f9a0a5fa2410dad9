//! Telling, against a real PostgreSQL and real sockets.

mod burst;
mod house;
mod notification;
mod relay;
mod stream;
mod webhook;
