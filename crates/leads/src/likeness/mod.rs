//! Leads that may be one (疑似重复): found along bounded paths, held against each other without IO, shown with the reasons.
//!
//! [`find`] gathers candidates: the very same words, a number that the words name, a picture that looks the same, an open lead close by,
//! rare words in common. Each path ends at a limit and runs along an index, so that it takes as long among a million leads as among a
//! thousand. [`score`] is pure: place, time, class, words and picture of two leads in, a figure from 0 to 1 and its reasons out. Nothing
//! is merged by itself: a person decides.

pub(crate) mod find;
mod named;
mod overlap;
pub(crate) mod rarity;
pub(crate) mod score;
pub(crate) mod store;
mod traits;

pub(crate) use find::{Duplicate, duplicates};
pub(crate) use rarity::Rarity;
pub(crate) use traits::Traits;

/// From this score on a lead is proposed. Chosen on made pairs: below it other things of the same class nearby begin to outnumber
/// duplicates (`docs/benchmarks.md`, `dedupe`).
pub(crate) const SHOWN: f64 = 0.5;
/// From this score on a person would hardly doubt; the page says 很可能.
pub(crate) const SURE: f64 = 0.8;
/// Proposals at most.
pub(crate) const MOST_SHOWN: usize = 10;
