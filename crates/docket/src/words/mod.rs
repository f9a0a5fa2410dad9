//! The words a docket is found by: those of its text, the codes of the places it lies in, and the facets its kind gives it.

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

/// The longest of [`PLACE_DIGITS`] that a region's code has, which narrows a search by words to it.
#[must_use]
pub fn place_word(region: &str) -> Option<&str> {
    PLACE_DIGITS.into_iter().rev().find_map(|digits| region.get(..digits))
}

/// One thing a kind's dockets are found by beside words and places (分面), such as a lead's class: a word that no text gives, since the
/// words of texts hold no sign.
#[must_use]
pub fn facet(name: &str, value: &str) -> String {
    format!("{name}={value}")
}

/// Facets before and after a change.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    /// Those that go, unless they come again.
    pub before: Vec<String>,
    /// Those that stand afterwards.
    pub after: Vec<String>,
}

/// The words of a text in a jurisdiction, with facets.
pub(crate) fn of(jurisdiction: &str, text: &str, facets: &[String]) -> Vec<String> {
    [places(jurisdiction), facets.to_vec(), bigrams(text)].concat()
}

/// The month number that search walks by: months since the year 0 in the time of China.
#[must_use]
pub fn search_month(at: DateTime<Utc>) -> i32 {
    let local = at.with_timezone(&shanghai());
    local.year() * 12 + i32::try_from(local.month0()).unwrap_or(0)
}

/// Writes the words of dockets that are opened.
pub(crate) async fn insert(connection: &mut PgConnection, now: DateTime<Utc>, dockets: &[(&KeyOf, Vec<String>)]) -> sqlx::Result<()> {
    store::insert(connection, search_month(now), dockets).await
}

/// Follows a docket to another jurisdiction and other facets; writes nothing where both stay.
pub(crate) async fn follow(connection: &mut PgConnection, key: &KeyOf, jurisdictions: (&str, &str), facets: &Facets) -> sqlx::Result<()> {
    let from = [places(jurisdictions.0), facets.before.clone()].concat();
    let to = [places(jurisdictions.1), facets.after.clone()].concat();
    if from == to {
        return Ok(());
    }
    store::replace(connection, key, &from, &to).await
}
