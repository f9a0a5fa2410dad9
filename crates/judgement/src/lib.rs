//! Judgement (研判): pure rules about words and numbers that people decide by, without IO.
//!
//! [`reply`] looks whether an answer addresses what was asked (答非所问核验); [`acceptance`] estimates from past dispatches which unit will
//! keep what it is given and which will send it back (退单学习). Neither decides: both say what they rest on.

pub mod acceptance;
pub mod reply;
