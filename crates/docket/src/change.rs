//! Changing a docket that is locked for it.

use chrono::{DateTime, Utc};
use kernel::{id::OrganisationId, personal::redact, problem::Problem};
use sqlx::PgConnection;

use crate::{
    DeadlineRow, DeadlineState, DeadlineWrite, Event, Header, Holder, KeyOf, NewEntry, ledger, store,
    told::{self, Told},
    words,
};

/// A docket whose row this transaction holds.
#[derive(Debug)]
pub struct Locked {
    /// The header as it stands.
    pub header: Header,
    /// Its limits as they stand.
    pub deadlines: Vec<DeadlineRow>,
}

/// What becomes of a docket. What is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The new state.
    pub state: Option<&'static str>,
    /// Whether it still must be closed.
    pub open: Option<bool>,
    /// Who must act next.
    pub holder: Option<Holder>,
    /// The responsible unit; `Some(None)` takes it away.
    pub unit: Option<Option<OrganisationId>>,
    /// The region in charge.
    pub jurisdiction: Option<String>,
    /// Where.
    pub position: Option<(f64, f64)>,
    /// One line of words.
    pub title: Option<String>,
    /// Whether what the kind keeps beside the header has become another: a lead's class, an extension asked for, a photo.
    pub details: bool,
    /// What the kind's dockets are found by.
    pub facets: words::Facets,
    /// Lines of the ledger, at least one.
    pub entries: Vec<NewEntry>,
    /// Limits as they are to stand.
    pub deadlines: Vec<DeadlineWrite>,
    /// What others must hear.
    pub events: Vec<Event>,
}

/// Locks a docket for change.
///
/// # Errors
/// `version-conflict` when the client saw another version, `not-found` inside `Ok(None)`; the database's outside.
pub async fn lock(connection: &mut PgConnection, key: &KeyOf, seen: Option<i64>) -> sqlx::Result<Option<Result<Locked, Problem>>> {
    let Some(header) = store::lock_header(connection, key).await? else {
        return Ok(None);
    };
    if seen.is_some_and(|version| version != header.version) {
        let problem = Problem::precondition_failed("version-conflict", "该件已被他人更新，请刷新后在最新内容上重新操作");
        return Ok(Some(Err(problem)));
    }
    let deadlines = store::deadlines(connection, key).await?;
    Ok(Some(Ok(Locked { header, deadlines })))
}

impl Locked {
    /// The header as it will stand after `change`; its place in the ledger is known when the lines are written.
    ///
    /// The version (版本) grows with what people decide on: state, holder, unit, jurisdiction, position, title, limits and the kind's own
    /// details. A change that only adds to the history keeps it, so nobody is refused for a remark that came in between.
    #[must_use]
    pub fn after(&self, now: DateTime<Utc>, change: &Change) -> Header {
        let mut header = self.header.clone();
        if let Some(state) = change.state {
            state.clone_into(&mut header.state);
        }
        if let Some(open) = change.open {
            header.open = open;
            header.closed_at = (!open).then_some(now);
        }
        if let Some(holder) = change.holder {
            header.holder_role = holder.role.map(str::to_owned);
            header.holder_unit = holder.unit.map(OrganisationId::uuid);
            header.holder_person = holder.person.map(kernel::id::PersonId::uuid);
        }
        if let Some(unit) = change.unit {
            header.unit = unit.map(OrganisationId::uuid);
        }
        if let Some(jurisdiction) = &change.jurisdiction {
            header.jurisdiction.clone_from(jurisdiction);
        }
        if let Some((lon, lat)) = change.position {
            (header.lon, header.lat) = (Some(lon), Some(lat));
        }
        if let Some(title) = &change.title {
            header.title = redact(title).into_owned();
        }
        (header.due_at, header.warn_at) = nearest_limit(&self.deadlines, &change.deadlines);
        let decided_anew = !change.deadlines.is_empty() || change.details || !same_to_decide(&self.header, &header);
        header.version += i64::from(decided_anew);
        header.changed_at = now;
        header
    }

    /// Writes the change with its ledger lines, limits and events, and the header's new version. A limit that ran out before and was not
    /// told yet is told first, in the same transaction: whoever comes first tells it, and nobody after.
    ///
    /// # Errors
    /// The database's.
    pub async fn change(self, connection: &mut PgConnection, now: DateTime<Utc>, mut change: Change) -> sqlx::Result<Header> {
        let key = self.header.key();
        let mut header = self.after(now, &change);
        let missed = told::unsaid(&self.deadlines, &change.deadlines, now);
        store::mark_told(connection, &key, now, &missed).await?;
        let (mut entries, mut events): (Vec<NewEntry>, Vec<Event>) =
            missed.iter().map(|limit| told::say(&self.header, header.version, limit, Told::Missed)).unzip();
        entries.append(&mut change.entries);
        events.append(&mut change.events);
        told::keep_word(&self.deadlines, &mut change.deadlines);
        let sealed = ledger::seal(&key, header.head_seq, &header.head_hash, now, &entries);
        if let Some(last) = sealed.last() {
            header.head_seq = last.seq;
            header.head_hash.clone_from(&last.hash);
        }
        store::update_header(connection, &header).await?;
        words::follow(connection, &key, (&self.header.jurisdiction, &header.jurisdiction), &change.facets).await?;
        store::insert_entries(connection, &[(&key, sealed.as_slice())]).await?;
        store::insert_deadlines(connection, &[(&key, change.deadlines.as_slice())]).await?;
        let seq = header.head_seq;
        let events: Vec<_> = events.iter().map(|event| (&key, seq, event)).collect();
        store::insert_events(connection, now, &events).await?;
        Ok(header)
    }
}

/// Whether two headers of a docket show the same to whoever decides on it. The limits, which the light follows, are looked at apart.
fn same_to_decide(one: &Header, other: &Header) -> bool {
    let place = |header: &Header| (header.lon, header.lat);
    let holder = |header: &Header| (header.holder_unit, header.holder_person, header.unit);
    one.state == other.state
        && one.open == other.open
        && one.holder_role == other.holder_role
        && holder(one) == holder(other)
        && one.jurisdiction == other.jurisdiction
        && place(one) == place(other)
        && one.title == other.title
}

/// The limit that the light follows: of those running after the change, the one that ends first.
fn nearest_limit(standing: &[DeadlineRow], written: &[DeadlineWrite]) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let replaced = |row: &DeadlineRow| written.iter().any(|write| write.is_of(row));
    let kept = standing
        .iter()
        .filter(|row| row.state == DeadlineState::Running.code() && !replaced(row))
        .filter_map(|row| Some((row.due_at?, row.warn_at?)));
    let new =
        written.iter().filter(|write| write.state == DeadlineState::Running).filter_map(|write| Some((write.due_at?, write.warn_at?)));
    kept.chain(new).min().map_or((None, None), |(due, warn)| (Some(due), Some(warn)))
}
