//! SQL of what gateways read.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{OutsideFilter, OutsideLead};
use crate::{Source, lead::State};

/// A merged lead goes on in the other one: its state, unit and limit are the other's.
const COLUMNS: &str =
    "select d.number, coalesce(t.state, d.state) as state, t.number as merged_into, l.source, l.description, l.address, l.grid,
        d.lon, d.lat, l.class_code, l.details, case when c.state = 'held' then null else coalesce(l.reply, m.reply) end as reply,
         coalesce(t.unit, d.unit) as unit,
        coalesce(t.due_at, d.due_at) as due_at, coalesce(t.open, d.open) as open, d.opened_at as reported_at,
        coalesce(t.closed_at, t.changed_at, d.closed_at, d.changed_at) as changed_at
    from docket d join lead l on l.region = d.region and l.id = d.id
    left join docket t on t.id = l.merged_into
    left join lead m on m.region = t.region and m.id = t.id
    left join reply_check c on c.region = coalesce(t.region, d.region) and c.lead_id = coalesce(t.id, d.id)
    where d.kind = 'lead' and d.region = ";

/// An id carries the time it was made; a report waits this long at most between that and being written.
const LONGEST_WAIT: Duration = Duration::minutes(10);

#[derive(Debug, FromRow)]
pub(super) struct OutsideRow {
    number: String,
    state: String,
    merged_into: Option<String>,
    source: String,
    description: String,
    address: Option<String>,
    grid: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
    class_code: Option<String>,
    details: Value,
    reply: Option<String>,
    unit: Option<Uuid>,
    due_at: Option<DateTime<Utc>>,
    open: bool,
    reported_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

impl OutsideRow {
    /// The lead; none when its state or source is of a later program.
    pub(super) fn read(self) -> Option<OutsideLead> {
        let state: State = self.state.parse().ok()?;
        Some(OutsideLead {
            number: self.number,
            source: self.source.parse().ok()?,
            merged_into: self.merged_into,
            description: Some(self.description),
            address: self.address,
            grid: self.grid,
            position: self.lon.zip(self.lat),
            class_code: self.class_code,
            details: self.details,
            reply: self.reply,
            unit: self.unit,
            due_at: self.due_at.filter(|_| self.open && matches!(state, State::Dispatched | State::Fixing)),
            reported_at: self.reported_at,
            changed_at: self.changed_at,
            state,
        })
    }
}

/// What was not accepted is nobody's business but the reporter's.
fn push_told(query: &mut QueryBuilder<Postgres>, told_whole: &[Source]) {
    let sources: Vec<String> = told_whole.iter().map(|source| source.code().to_owned()).collect();
    query.push(" and (l.source = any(").push_bind(sources).push(") or d.state not in ('rejected', 'merged', 'voided'))");
}

pub(super) async fn by_numbers(pool: &PgPool, region: &str, numbers: &[String], told_whole: &[Source]) -> sqlx::Result<Vec<OutsideRow>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push_bind(region.to_owned()).push(" and d.number = any(").push_bind(numbers.to_vec()).push(")");
    push_told(&mut query, told_whole);
    query.push(" order by d.id desc");
    query.build_query_as().fetch_all(pool).await
}

pub(super) async fn list(pool: &PgPool, region: &str, filter: &OutsideFilter, told_whole: &[Source]) -> sqlx::Result<Vec<OutsideRow>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push_bind(region.to_owned());
    query.push(" and d.opened_at >= ").push_bind(filter.from).push(" and d.opened_at <= ").push_bind(filter.to);
    // Ids grow with time and are indexed; the instants above are not.
    query.push(" and d.id >= ").push_bind(first_id(filter.from - LONGEST_WAIT));
    query.push(" and d.id < ").push_bind(first_id(filter.to + Duration::seconds(1)));
    if !filter.classes.is_empty() || filter.unclassified {
        query.push(" and (l.class_code = any(").push_bind(filter.classes.clone()).push(")");
        query.push(if filter.unclassified { " or l.class_code is null)" } else { ")" });
    }
    if let Some(open) = filter.open {
        query.push(" and coalesce(t.open, d.open) = ").push_bind(open);
    }
    push_told(&mut query, told_whole);
    query.push(" order by d.id desc limit ").push_bind(filter.most);
    query.build_query_as().fetch_all(pool).await
}

/// The smallest id that can be made at an instant: its milliseconds in front, then zeros.
fn first_id(at: DateTime<Utc>) -> Uuid {
    let milliseconds = u128::try_from(at.timestamp_millis()).unwrap_or(0) & 0xffff_ffff_ffff;
    Uuid::from_u128(milliseconds << 80)
}

/// The numbers of open leads, or of those that they go on in, that were read from a neighbour under its number; two at most.
pub(super) async fn pulled_as(pool: &PgPool, region: &str, number: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select d.number from lead l join docket d on d.region = l.region and d.id = l.id
         left join docket t on t.region = l.region and t.id = l.merged_into
         where l.region = $1 and l.source = 'neighbour' and split_part(l.source_key, ':', 2) = $2 and coalesce(t.open, d.open) limit 2",
    )
    .bind(region)
    .bind(number)
    .fetch_all(pool)
    .await
}

/// Which of these numbers a neighbour's requests bear that were sent to us.
pub(super) async fn referred_here(pool: &PgPool, region: &str, numbers: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select distinct details ->> 'referred_number' from lead
         where region = $1 and source = 'open311' and details ? 'referred_number' and details ->> 'referred_number' = any($2)",
    )
    .bind(region)
    .bind(numbers)
    .fetch_all(pool)
    .await
}
