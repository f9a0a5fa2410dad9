//! Vocabulary and rules of Bihuan without any IO: what the whole house speaks in.

pub mod clock;
pub mod id;
pub mod light;
pub mod personal;
pub mod problem;
pub mod procedure;
pub mod words;
