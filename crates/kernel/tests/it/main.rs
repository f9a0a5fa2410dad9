//! Tests of the kernel from outside: the calendar and both families of deadlines, positions, finding
//! grids, and hiding numbers.

mod calendar;
mod hours;
mod locate;
mod position;
mod redact;
mod service;
mod statutory;
