//! How a document says a sum, a day, a way out: pure functions from facts to the words of official paper.

mod amount;
mod day;
mod enrich;
mod remedies;

pub use amount::{capitals, digits};
pub use day::{moment, numerals, plain};
pub(crate) use enrich::enrich;
pub use remedies::{NOT_COUNTED, NOT_FORCED, Route, payment, remedies, remedies_but};
