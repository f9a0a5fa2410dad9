//! Tests of class models from outside: what they learn, what they refuse, what they say why, and what bytes they are.

mod bytes;
mod learning;
mod letters;
mod reasons;
