//! The proof: every reachable case of every procedure is visited, and the laws of the house are held against every step.
//!
//! What is proved holds for the table of `procedure`; what was left out of the walk to keep it finite stands in
//! [`ABSTRACTIONS`], each with its reason.

mod abstraction;
mod laws;
mod path;
mod walk;

pub use abstraction::{ABSTRACTIONS, Abstraction, forgotten};
pub use laws::{Check, LAWS, Law, Taken};
pub use path::PathStep;
pub use walk::{Broken, Proof, TooMany, prove, prove_law};
