//! Opening dockets, many in one commit.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{
    DeadlineWrite, Event, Holder, KeyOf, NewEntry,
    ledger::{self, Sealed},
    store, words,
};

/// A docket to be opened, with its first ledger lines.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The key.
    pub key: KeyOf,
    /// The kind, such as `lead`.
    pub kind: &'static str,
    /// The number, from [`crate::Numbers`].
    pub number: String,
    /// The state it starts in.
    pub state: &'static str,
    /// One line of words.
    pub title: String,
    /// The region in charge.
    pub jurisdiction: String,
    /// Where, in WGS-84 degrees.
    pub position: Option<(f64, f64)>,
    /// Who must act.
    pub holder: Holder,
    /// The responsible unit, if known already.
    pub unit: Option<kernel::id::OrganisationId>,
    /// Made by the city simulator.
    pub simulated: bool,
    /// What it is found by.
    pub text: String,
    /// What else it is found by, from [`crate::facet`].
    pub facets: Vec<String>,
    /// The first lines of its history; at least one.
    pub entries: Vec<NewEntry>,
    /// Its first limits.
    pub deadlines: Vec<DeadlineWrite>,
    /// What others must hear.
    pub events: Vec<Event>,
}

/// Opens `openings` in the caller's transaction: headers, ledger, deadlines, outbox and search words, one statement a table.
///
/// # Errors
/// The database's.
pub async fn open(connection: &mut PgConnection, now: DateTime<Utc>, openings: &[Opening]) -> sqlx::Result<()> {
    if openings.is_empty() {
        return Ok(());
    }
    let sealed: Vec<Vec<Sealed>> =
        openings.iter().map(|opening| ledger::seal(&opening.key, 0, ledger::GENESIS, now, &opening.entries)).collect();
    store::insert_headers(connection, now, openings, &sealed).await?;
    let entries: Vec<_> = openings.iter().zip(&sealed).map(|(opening, lines)| (&opening.key, lines.as_slice())).collect();
    store::insert_entries(connection, &entries).await?;
    let deadlines: Vec<_> = openings.iter().map(|opening| (&opening.key, opening.deadlines.as_slice())).collect();
    store::insert_deadlines(connection, &deadlines).await?;
    let mut events = Vec::with_capacity(openings.len());
    for (opening, lines) in openings.iter().zip(&sealed) {
        let seq = lines.last().map_or(0, |line| line.seq);
        events.extend(opening.events.iter().map(|event| (&opening.key, seq, event)));
    }
    store::insert_events(connection, now, &events).await?;
    let words = openings.iter().map(|it| (&it.key, words::of(&it.jurisdiction, &it.text, &it.facets))).collect::<Vec<_>>();
    words::insert(connection, now, &words).await
}
