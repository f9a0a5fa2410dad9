//! The words a docket is found by: those of its text, and the codes of the places it lies in.

mod store;

use chrono::{DateTime, Datelike, Utc};
use kernel::{clock::shanghai, words::bigrams};
use sqlx::PgConnection;

use crate::KeyOf;

/// Digits of a township's, community's and unit grid's code (GB/T 47678.3): a docket is also found by these, so that words are looked
/// up within a place without reading what lies elsewhere.
pub const PLACE_DIGITS: [usize; 3] = [9, 12, 15];

/// The codes a jurisdiction lies in, as words.
fn places(jurisdiction: &str) -> Vec<String> {
    PLACE_DIGITS.into_iter().filter_map(|digits| jurisdiction.get(..digits)).map(str::to_owned).collect()
}

/// The words of a text in a jurisdiction.
pub(crate) fn of(jurisdiction: &str, text: &str) -> Vec<String> {
    [places(jurisdiction), bigrams(text)].concat()
}

/// The month number that search walks by.
fn search_month(at: DateTime<Utc>) -> i32 {
    let local = at.with_timezone(&shanghai());
    local.year() * 12 + i32::try_from(local.month0()).unwrap_or(0)
}

/// Writes the words of dockets that are opened.
pub(crate) async fn insert(connection: &mut PgConnection, now: DateTime<Utc>, dockets: &[(&KeyOf, Vec<String>)]) -> sqlx::Result<()> {
    store::insert(connection, search_month(now), dockets).await
}

/// Follows a docket to another jurisdiction.
pub(crate) async fn follow(connection: &mut PgConnection, key: &KeyOf, from: &str, to: &str) -> sqlx::Result<()> {
    store::replace_places(connection, key, &places(from), &places(to)).await
}
