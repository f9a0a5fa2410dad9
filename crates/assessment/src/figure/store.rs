//! SQL of figures and of what stands behind them.

use chrono::NaiveDate;
use identity::Scope;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::{
    indicator::{By, Part, Qualities, Term},
    item::Kind,
    period::Period,
};

/// Digits of a township's code.
const TOWNSHIP: usize = 9;

/// The items of stale days, each day along the index. `offset 0` holds the planner to that order: most days are fresh.
const STALE: &str = "assessment_day s cross join lateral (select * from assessment_item own
    where own.kind = any('{1,2,3,4,5,6,7,8,9}'::int2[]) and own.day = s.day offset 0) x";

/// What is asked for.
pub(crate) struct Asked<'a> {
    pub by: By,
    pub period: Period,
    pub scope: &'a Scope,
    /// Only what lies in this region.
    pub region: Option<&'a str>,
}

/// So many items of these qualities.
#[derive(Debug, FromRow)]
pub(crate) struct Counted {
    pub subject: String,
    pub kind: i16,
    done: bool,
    in_time: bool,
    spoilt: bool,
    extended: bool,
    origin: i16,
    pub n: i64,
}

impl Counted {
    pub(crate) fn qualities(&self) -> Qualities {
        Qualities { done: self.done, in_time: self.in_time, spoilt: self.spoilt, extended: self.extended, origin: self.origin }
    }
}

impl Asked<'_> {
    /// Which sums answer it; none when the items themselves must.
    fn facing(&self) -> Option<i16> {
        let deep = self.scope.regions.iter().map(String::as_str).chain(self.region).any(|code| code.len() > TOWNSHIP);
        match (self.by, &self.scope.units) {
            (By::County | By::Township, None) if !deep => Some(4),
            (By::County | By::Township | By::Grid, None) => Some(1),
            (By::County | By::Township | By::Unit, _) if !deep => Some(2),
            (By::Collector | By::Operator | By::ShiftLeader | By::Dispatcher, None) if !deep => Some(3),
            _ => None,
        }
    }

    /// The column that tells subjects apart.
    fn subject(&self) -> &'static str {
        match self.by {
            By::County => "left(x.place, 6)",
            By::Township => "left(x.place, 9)",
            By::Grid => "x.place",
            By::Unit => "x.unit::text",
            By::Collector | By::Operator | By::ShiftLeader | By::Dispatcher => "x.person::text",
        }
    }

    /// Narrows to what the scope covers: by unit for those who work for one, by place for everybody else. Every figure goes through here.
    fn push_scope(&self, query: &mut QueryBuilder<Postgres>) {
        let begins = |codes: &[&str]| codes.iter().map(|code| format!("{code}%")).collect::<Vec<_>>();
        match &self.scope.units {
            Some(units) => {
                query.push(" and x.unit = any(").push_bind(units.clone()).push(")");
            }
            None if self.scope.regions.iter().any(String::is_empty) => {}
            None => {
                let regions: Vec<&str> = self.scope.regions.iter().map(String::as_str).collect();
                query.push(" and x.place like any(").push_bind(begins(&regions)).push(")");
            }
        }
        if let Some(region) = self.region {
            query.push(" and x.place like ").push_bind(format!("{region}%"));
        }
    }

    fn push_rows(&self, query: &mut QueryBuilder<Postgres>, count: &str, from: &str, kinds: &[i16]) {
        let day = self.period.as_of;
        query
            .push("select ")
            .push(self.subject())
            .push(" as subject, x.kind, x.ended <= ")
            .push_bind(day)
            .push(" as done, x.in_time, x.spoilt <= ");
        query.push_bind(day).push(" as spoilt, x.extended, x.origin, ").push(count).push(" as n from ").push(from);
        query.push(" where x.superseded > ").push_bind(day).push(" and x.kind = any(").push_bind(kinds.to_vec()).push(")");
        self.push_scope(query);
    }
}

/// Everything that the indicators of these kinds of items count, subject by subject.
pub(crate) async fn counted(pool: &PgPool, asked: &Asked<'_>, kinds: &[Kind], most: i64) -> sqlx::Result<Vec<Counted>> {
    let kinds: Vec<i16> = kinds.iter().map(|kind| *kind as i16).collect();
    let Period { from, as_of, .. } = asked.period;
    let between = |query: &mut QueryBuilder<Postgres>, column: &str| {
        query.push(" and ").push(column).push(" between ").push_bind(from).push(" and ").push_bind(as_of);
    };
    let mut query = QueryBuilder::new("select subject, kind, done, in_time, spoilt, extended, origin, sum(n)::bigint as n from (");
    match asked.facing() {
        Some(facing) => {
            let fresh = "assessment_sum x join assessment_day d on d.day = x.day and not d.stale";
            asked.push_rows(&mut query, "x.n", fresh, &kinds);
            query.push(" and x.facing = ").push_bind(facing);
            between(&mut query, "x.day");
            query.push(" union all ");
            asked.push_rows(&mut query, "1", STALE, &kinds);
            query.push(" and s.stale");
            between(&mut query, "s.day");
        }
        None => {
            asked.push_rows(&mut query, "1", "assessment_item x", &kinds);
            between(&mut query, "x.day");
        }
    }
    query.push(") as counted where subject is not null group by 1, 2, 3, 4, 5, 6, 7 order by 1 limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Where the next page begins: the last item of this one.
#[derive(Debug, Clone, Copy, FromRow, Serialize, Deserialize)]
pub(crate) struct Place {
    pub day: NaiveDate,
    pub docket_id: Uuid,
    pub ordinal: i16,
}

/// The items that a term counts, the newest first; of one subject, or of all.
pub(crate) async fn behind(
    pool: &PgPool,
    asked: &Asked<'_>,
    term: Term,
    subject: Option<&str>,
    after: Option<Place>,
    rows: i64,
) -> sqlx::Result<Vec<Place>> {
    let Period { from, as_of, .. } = asked.period;
    let mut query = QueryBuilder::new("select x.day, x.docket_id, x.ordinal from assessment_item x where x.kind = ");
    query.push_bind(term.kind as i16).push(" and x.day between ").push_bind(from).push(" and ").push_bind(as_of);
    query.push(" and x.superseded > ").push_bind(as_of);
    asked.push_scope(&mut query);
    match subject {
        Some(subject) => query.push(" and ").push(asked.subject()).push(" = ").push_bind(subject.to_owned()),
        // What belongs to nobody stands in no row of the report either.
        None => query.push(" and ").push(asked.subject()).push(" is not null"),
    };
    match term.part {
        Part::All => &mut query,
        Part::Done => query.push(" and x.ended <= ").push_bind(as_of),
        Part::InTime => query.push(" and x.in_time and x.ended <= ").push_bind(as_of),
        Part::Open => query.push(" and x.ended > ").push_bind(as_of),
        Part::Late => query.push(" and not (x.in_time and x.ended <= ").push_bind(as_of).push(")"),
        Part::Kept => query.push(" and x.spoilt > ").push_bind(as_of),
        Part::Spoilt => query.push(" and x.spoilt <= ").push_bind(as_of),
        Part::Extended => query.push(" and x.extended"),
        Part::Citizens => query.push(" and x.origin = 2"),
        Part::Missed => query.push(" and x.origin <> 1"),
    };
    if let Some(Place { day, docket_id, ordinal }) = after {
        query
            .push(" and (x.day, x.docket_id, x.ordinal) < (")
            .push_bind(day)
            .push(", ")
            .push_bind(docket_id)
            .push(", ")
            .push_bind(ordinal)
            .push(")");
    }
    query.push(" order by x.day desc, x.docket_id desc, x.ordinal desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}

/// How many leads wait to be counted, up to a bound, and whether the first counting is over.
pub(crate) async fn waiting(pool: &PgPool, most: i64) -> sqlx::Result<(i64, bool)> {
    sqlx::query_as("select (select count(*) from (select from assessment_pending limit $1) as waiting), (select done from assessment_fill)")
        .bind(most)
        .fetch_one(pool)
        .await
}
