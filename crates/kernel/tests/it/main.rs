//! Tests of the kernel from outside: the calendar and both families of deadlines, positions, and finding grids.

mod calendar;
mod locate;
mod position;
mod service;
mod statutory;
