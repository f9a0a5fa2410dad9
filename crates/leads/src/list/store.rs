//! SQL of the lists.

use chrono::{DateTime, Duration, Utc};
use identity::Scope;
use serde::{Deserialize, Serialize};
use sqlx::{PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::lead::{Source, State, facets};

use super::{
    filter::{Filter, Queue, Sort, WantedLight},
    row::RowRecord,
};

pub(super) const COLUMNS: &str = "select d.id, d.number, d.title, d.state, d.open, d.version, d.lon, d.lat, d.holder_role, d.holder_unit,
    d.holder_person, d.unit, d.due_at, d.warn_at, d.opened_at, d.simulated, l.source, l.class_code, l.address, l.grid,
    (select p.file from lead_photo p where p.region = d.region and p.lead_id = d.id order by p.ordinal limit 1) as photo ";

/// Dockets with their leads, in whatever order the filters make best.
pub(super) const TOGETHER: &str = "from docket d join lead l on l.region = d.region and l.id = d.id ";

/// Each docket's lead, looked up once the docket is known. `offset 0` holds the planner to that order: it cannot know that a page of fifty
/// ends the walk early, and would otherwise merge two million rows.
const LEAD_OF_EACH: &str = "cross join lateral (select * from lead own where own.region = d.region and own.id = d.id offset 0) l ";

/// Where the next page begins.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Cursor {
    /// The last row's due time, when the list is sorted by it.
    pub due_at: Option<DateTime<Utc>>,
    /// The last row.
    pub id: Uuid,
}

/// A filter after parsing.
pub(crate) struct Wanted<'a> {
    pub filter: &'a Filter,
    pub scope: &'a Scope,
    pub states: Option<Vec<&'static str>>,
    pub source: Option<Source>,
    pub words: Vec<String>,
    /// Those of the words that the index is asked for.
    pub covering: Vec<String>,
    /// A number or its beginning, when the search text is one.
    pub number: Option<String>,
    pub class: Option<&'a str>,
    pub region: Option<&'a str>,
    pub cursor: Option<Cursor>,
    pub now: DateTime<Utc>,
    pub rows: i64,
}

/// Digits of a unit grid's code.
const GRID_DIGITS: usize = 15;
/// Digits of a class's code: two of the category, three of its own (GB/T 47678.5).
const CLASS_DIGITS: usize = 5;
/// An id is made a moment before the docket is opened.
const SLACK: Duration = Duration::minutes(1);

/// The smallest id of an instant: ids begin with their milliseconds (RFC 9562, version 7), so a span of time is a span of ids.
pub(crate) fn id_at(at: DateTime<Utc>) -> Uuid {
    let milliseconds = u128::try_from(at.timestamp_millis()).unwrap_or(0);
    Uuid::from_u128((milliseconds & 0xffff_ffff_ffff) << 80)
}

impl Wanted<'_> {
    /// Only what is open is asked for: few rows, whatever the words.
    pub(crate) fn asks_for_open(&self) -> bool {
        let filter = self.filter;
        filter.light.is_some() || filter.sort == Sort::Due || self.asks_for_open_states()
    }

    fn asks_for_open_states(&self) -> bool {
        self.states
            .as_ref()
            .is_some_and(|states| !states.is_empty() && states.iter().all(|code| code.parse::<State>().is_ok_and(State::is_open)))
    }
}

/// Narrows to what a scope covers. Every list goes through here.
pub(crate) fn push_scope(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    // Who works for a unit sees what the unit was given, also beyond its own ground.
    if let Some(units) = &scope.units {
        query.push(" and d.unit = any(").push_bind(units.clone()).push(")");
        return;
    }
    // Everywhere: nothing to narrow.
    if !scope.regions.iter().any(String::is_empty) {
        query.push(" and (false");
        for region in &scope.regions {
            query
                .push(" or (d.jurisdiction >= ")
                .push_bind(region.clone())
                .push(" and d.jurisdiction < ")
                .push_bind(after(region))
                .push(")");
        }
        query.push(")");
    }
}

/// The first text in byte order that no longer begins with `prefix` of digits.
pub(crate) fn after(prefix: &str) -> String {
    // ':' follows '9' in ASCII.
    format!("{prefix}:")
}

/// How words are looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Words {
    /// Not at all.
    None,
    /// By the index of words, in these months.
    Months(i32, i32),
    /// In each of the few rows that the other filters leave.
    Probe,
}

/// The rows of one page.
pub(crate) async fn page(pool: &PgPool, wanted: &Wanted<'_>, words: Words) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    let filter = wanted.filter;
    // A class or source is looked up among the leads. Everything else is known of the docket: the page's dockets first, then their leads.
    let among_leads = wanted.class.is_some()
        || wanted.source.is_some()
        || matches!(filter.queue, Some(Queue::Extension | Queue::Following | Queue::Charged | Queue::MyCharge));
    let dockets_first = !matches!(words, Words::Months(..)) && !among_leads;
    // Of one class a grid has few: its leads first.
    let one_grid = wanted.region.filter(|code| code.len() == GRID_DIGITS);
    let one_class = wanted.class.filter(|code| code.len() == CLASS_DIGITS);
    match words {
        Words::None | Words::Probe if let (Some(grid), Some(class)) = (one_grid, one_class) => {
            // A lead's grid is its docket's jurisdiction. The leads along their index, then the docket of each.
            query.push("from (select * from lead own where own.grid = ").push_bind(grid.to_owned());
            query.push(" and own.class_code = ").push_bind(class.to_owned()).push(" order by own.id desc offset 0) l ");
            query.push("cross join lateral (select * from docket own where own.region = l.region and own.id = l.id offset 0) d ")
        }
        Words::None | Words::Probe if among_leads => query.push(TOGETHER),
        Words::None | Words::Probe => query.push("from (select d.* from docket d "),
        Words::Months(from, to) => {
            // The hits first, newest first, then the docket of each: how rare a word is, only its index knows.
            // Place, class and source are among the words a docket is found by.
            let place = wanted.region.and_then(docket::place_word).map(str::to_owned);
            let sought = [
                wanted.covering.clone(),
                facets::shared(wanted.class, wanted.source.as_ref().map(Source::code), wanted.states.as_deref()),
                place.into_iter().collect(),
            ]
            .concat();
            // One statement however many the months: each connection prepares it once.
            let months: Vec<_> =
                (from..=to).map(|month| sought.iter().map(|word| format!("{month}{word}")).collect::<Vec<_>>().join(" ")).collect();
            query.push("from (select w.region, w.docket_id, w.words from unnest(").push_bind(months).push("::text[]) as sought(words) ");
            query.push("cross join lateral (select * from docket_words own where words_of_month(own.month, own.words) ");
            query.push("@> string_to_array(sought.words, ' ')) w where true");
            for (compared, bound) in wanted.ids() {
                query.push(" and w.docket_id").push(compared).push_bind(bound);
            }
            query.push(" order by w.docket_id desc offset 0) hit ");
            query
                .push("cross join lateral (select * from docket own where own.region = hit.region and own.id = hit.docket_id offset 0) d ");
            query.push(LEAD_OF_EACH)
        }
    };
    query.push("where d.kind = 'lead'");
    push_scope(&mut query, wanted.scope);
    if matches!(words, Words::Months(..)) && wanted.covering.len() < wanted.words.len() {
        // Those that the index was not asked for, of one hit after the other until the page is full.
        query.push(" and string_to_array(hit.words, ' ') @> ").push_bind(wanted.words.clone());
    }
    if matches!(words, Words::Probe) {
        // Each row's own words are looked at, in the order of the list, until the page is full.
        query.push(" and (select string_to_array(w.words, ' ') @> ").push_bind(wanted.words.clone());
        query.push(" from docket_words w where w.region = d.region and w.docket_id = d.id)");
    }
    if let Some(number) = &wanted.number {
        query.push(" and d.number >= ").push_bind(number.clone()).push(" and d.number < ").push_bind(after(number));
    }
    if let Some(states) = &wanted.states {
        match states.as_slice() {
            // One state is an equality, along whose index the newest come first.
            [state] => query.push(" and d.state = ").push_bind(*state),
            _ => query.push(" and d.state = any(").push_bind(states.iter().map(|state| (*state).to_owned()).collect::<Vec<_>>()).push(")"),
        };
        if states.len() > 1 && wanted.asks_for_open_states() {
            query.push(" and d.open");
        }
    }
    match filter.queue {
        Some(Queue::Extension) => query.push(" and l.extension_hours is not null"),
        Some(Queue::Following) => query.push(" and l.follower = ").push_bind(wanted.scope.person.uuid()),
        Some(Queue::Charged) => query.push(" and l.leader is not null"),
        Some(Queue::MyCharge) => query.push(" and l.leader = ").push_bind(wanted.scope.person.uuid()),
        _ => &mut query,
    };
    match filter.light {
        Some(WantedLight::Red) => query.push(" and d.open and d.due_at <= ").push_bind(wanted.now),
        Some(WantedLight::Yellow) => {
            query.push(" and d.open and d.due_at > ").push_bind(wanted.now).push(" and d.warn_at <= ").push_bind(wanted.now)
        }
        Some(WantedLight::Green) => query.push(" and d.open and d.warn_at > ").push_bind(wanted.now),
        None => &mut query,
    };
    if let Some(source) = &wanted.source {
        query.push(" and l.source = ").push_bind(source.code().to_owned());
    }
    if let Some(class) = wanted.class {
        // A whole class is an equality, along whose index the newest come first.
        if class.len() == CLASS_DIGITS {
            query.push(" and l.class_code = ").push_bind(class.to_owned());
        } else {
            query.push(" and l.class_code >= ").push_bind(class.to_owned()).push(" and l.class_code < ").push_bind(after(class));
        }
    }
    if let Some(region) = wanted.region {
        // A whole grid is an equality, along whose index the newest come first.
        if region.len() == GRID_DIGITS {
            query.push(" and d.jurisdiction = ").push_bind(region.to_owned());
        } else {
            query.push(" and d.jurisdiction >= ").push_bind(region.to_owned()).push(" and d.jurisdiction < ").push_bind(after(region));
        }
    }
    if let Some(unit) = filter.unit {
        query.push(" and d.unit = ").push_bind(unit);
    }
    if let Some(from) = filter.from {
        query.push(" and d.opened_at >= ").push_bind(from);
    }
    if let Some(to) = filter.to {
        query.push(" and d.opened_at < ").push_bind(to);
    }
    for (compared, bound) in wanted.ids() {
        query.push(" and d.id").push(compared).push_bind(bound);
        if among_leads {
            // On both sides of the join, since an index of either may lead.
            query.push(" and l.id").push(compared).push_bind(bound);
        }
    }
    if let (Sort::Due, Some(Cursor { due_at: Some(due_at), id })) = (filter.sort, &wanted.cursor) {
        query.push(" and (d.due_at, d.id) > (").push_bind(*due_at).push(", ").push_bind(*id).push(")");
    }
    // What has no running limit is not due: it stands in no list sorted by due time.
    if filter.sort == Sort::Due {
        query.push(" and d.open and d.due_at is not null");
    }
    let order = match filter.sort {
        Sort::Newest if matches!(words, Words::Months(..)) => " order by hit.docket_id desc",
        Sort::Newest if one_grid.is_some() && one_class.is_some() => " order by l.id desc",
        Sort::Newest => " order by d.id desc",
        Sort::Due => " order by d.due_at, d.id",
    };
    query.push(order).push(" limit ").push_bind(wanted.rows + 1);
    if dockets_first {
        query.push(") d ").push(LEAD_OF_EACH).push(order);
    }
    query.build_query_as().fetch_all(pool).await
}

/// The time of an id of version 7, in reverse of [`id_at`].
fn time_of(id: Uuid) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(i64::try_from(id.as_u128() >> 80).ok()?)
}

impl Wanted<'_> {
    /// Bounds of the ids by the wanted time and the cursor.
    fn ids(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        let from = self.filter.from.map(|from| (" >= ", id_at(from - SLACK)));
        let to = self.filter.to.map(|to| (" < ", id_at(to + SLACK)));
        let after = self.cursor.as_ref().filter(|_| self.filter.sort == Sort::Newest).map(|cursor| (" < ", cursor.id));
        [from, to, after].into_iter().flatten()
    }

    /// The months that dockets of the wanted time, from the cursor on, were opened in.
    pub(crate) fn months(&self, (first, last): (i32, i32)) -> (i32, i32) {
        let before = [self.filter.to, self.cursor.as_ref().and_then(|cursor| time_of(cursor.id)).map(|at| at + SLACK)];
        let last = before.into_iter().flatten().map(docket::search_month).fold(last, i32::min);
        let first = self.filter.from.map(docket::search_month).map_or(first, |month| month.max(first));
        (first, last)
    }
}

/// The first and last month of the search words, to walk between.
pub(crate) async fn months(pool: &PgPool) -> sqlx::Result<Option<(i32, i32)>> {
    let (first, last): (Option<i32>, Option<i32>) =
        sqlx::query_as("select (select min(month) from docket_words), (select max(month) from docket_words)").fetch_one(pool).await?;
    Ok(first.zip(last))
}

/// Whether a lead within a scope has the photo.
pub(crate) async fn has_photo(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from lead_photo p join docket d on d.region = p.region and d.id = p.lead_id where p.file = ",
    );
    query.push_bind(file.to_owned());
    push_scope(&mut query, scope);
    query.push(")");
    if let Some(units) = &scope.units {
        // A unit sees the lead that it assists with, while its task is open and after it was done.
        query.push(
            " or exists (select from lead_photo p join joint_task j on j.region = p.region and j.lead_id = p.lead_id where p.file = ",
        );
        query.push_bind(file.to_owned()).push(" and j.state in ('waiting', 'taken', 'done') and j.unit = any(");
        query.push_bind(units.clone()).push("))");
    }
    query.build_query_scalar().fetch_one(pool).await
}

/// How many stand in each state, and how many wait for an answer to an extension.
pub(crate) async fn counts(pool: &PgPool, scope: &Scope) -> sqlx::Result<(Vec<(String, i64)>, i64)> {
    let mut by_state = QueryBuilder::new("select d.state, count(*) from docket d where d.kind = 'lead' and d.open");
    push_scope(&mut by_state, scope);
    by_state.push(" group by d.state");
    let states = by_state.build_query_as().fetch_all(pool).await?;
    let mut extension = QueryBuilder::new(
        "select count(*) from lead l join docket d on d.region = l.region and d.id = l.id where l.extension_hours is not null and d.state in ('dispatched', 'fixing')",
    );
    push_scope(&mut extension, scope);
    Ok((states, extension.build_query_scalar().fetch_one(pool).await?))
}

/// How many are green, yellow, red.
pub(crate) async fn lights(pool: &PgPool, scope: &Scope, now: DateTime<Utc>) -> sqlx::Result<(i64, i64, i64)> {
    let mut query = QueryBuilder::new("select count(*) filter (where d.warn_at > ");
    query.push_bind(now).push("), count(*) filter (where d.warn_at <= ").push_bind(now).push(" and d.due_at > ").push_bind(now);
    query
        .push("), count(*) filter (where d.due_at <= ")
        .push_bind(now)
        .push(") from docket d where d.kind = 'lead' and d.open and d.due_at is not null");
    push_scope(&mut query, scope);
    query.build_query_as().fetch_one(pool).await
}

/// One row.
pub(crate) async fn one(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(TOGETHER).push("where d.kind = 'lead' and d.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}

/// The rows of these leads that lie inside a scope.
pub(crate) async fn of(pool: &PgPool, scope: &Scope, ids: &[Uuid]) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(TOGETHER).push("where d.kind = 'lead' and d.id = any(").push_bind(ids.to_vec()).push(")");
    push_scope(&mut query, scope);
    query.build_query_as().fetch_all(pool).await
}
