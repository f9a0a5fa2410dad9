//! Vocabulary and rules of Bihuan without any IO: what the whole house speaks in.

pub mod calendar;
pub mod clock;
mod codes;
pub mod deadline;
pub mod hours;
pub mod id;
pub mod label;
pub mod light;
pub mod locate;
pub mod personal;
pub mod position;
pub mod problem;
pub mod procedure;
pub mod region;
pub mod share;
pub mod words;
