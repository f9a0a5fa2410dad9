//! Hot spots (热点): places to which many like reports came of late, from more than one reporter.
//!
//! A spot is made of reports of one category (大类) within a circle, in a window of days. What was not accepted or was voided does not
//! count; what was merged does, since each report is somebody's. Nothing is stored: a spot is what the leads say when it is asked for.

mod around;
mod cluster;
mod list;
mod store;

pub(crate) use around::{Near, near};
pub(crate) use list::{__path_list, list};

/// Days of a window, unless asked otherwise.
pub(crate) const DAYS: i64 = 7;
/// Metres of a circle's radius, unless asked otherwise.
pub(crate) const METRES: f64 = 200.0;
/// Reports that make a spot, unless asked otherwise.
const LEAST: usize = 5;
/// Reporters that make a spot: one person who reports every day is no spot. Who left no telephone counts as one of his own each time.
const LEAST_REPORTERS: usize = 2;
/// Spots that are shown.
const MOST_SPOTS: usize = 50;
/// Reports of both windows that are looked at; of more, the newest.
const MOST_ROWS: i64 = 50_000;
