//! SQL of the list of referrals.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{super::KIND, Wanted};
use crate::scope;

/// Months that words are looked for in: ten years.
const MONTHS: i32 = 120;

/// A referral as a row of a list.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RowRecord {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub open: bool,
    pub version: i64,
    pub opened_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub simulated: bool,
    pub asker_unit: Uuid,
    pub own: bool,
    pub way: Option<String>,
    pub target_unit: Option<Uuid>,
    pub lead_number: Option<String>,
    pub case_number: Option<String>,
    pub result: Option<String>,
    pub wished_on: Option<NaiveDate>,
}

const ROW: &str = "select d.id, d.number, d.title, d.state, d.open, d.version, d.opened_at, d.due_at, d.warn_at, d.simulated,
    r.asker_unit, r.own, r.way, r.target_unit, r.lead_number, r.case_number, r.result, r.wished_on
    from docket d join case_referral r on r.region = d.region and r.id = d.id where d.kind = ";

/// One referral, which the caller was found to see.
pub(in crate::referral) async fn row(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<RowRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(KIND).push(" and d.id = ").push_bind(id);
    query.build_query_as().fetch_optional(pool).await
}

/// One page, the newest first.
pub(in crate::referral) async fn page(pool: &PgPool, scope: &Scope, wanted: &Wanted, rows: i64) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(KIND);
    scope::push(&mut query, scope);
    if let Some(states) = &wanted.states {
        query.push(" and d.state = any(").push_bind(states.clone()).push(")");
    }
    if let Some(way) = wanted.way {
        query.push(" and r.way = ").push_bind(way);
    }
    if let Some(asker) = wanted.asker {
        query.push(" and r.asker_unit = ").push_bind(asker);
    }
    if let Some(lead) = wanted.lead {
        query.push(" and r.lead_id = ").push_bind(lead);
    }
    if let Some(number) = &wanted.number {
        // ':' follows '9' in ASCII: the first text that no longer begins with the number.
        query.push(" and d.number >= ").push_bind(number.clone()).push(" and d.number < ").push_bind(format!("{number}:"));
    }
    if !wanted.words.is_empty() {
        let last = docket::search_month(wanted.now);
        let sought: Vec<String> = (last - MONTHS..=last)
            .map(|month| {
                let all = wanted.words.iter().cloned().chain([docket::facet("kind", KIND)]);
                all.map(|word| format!("{month}{word}")).collect::<Vec<_>>().join(" ")
            })
            .collect();
        query.push(" and d.id in (select w.docket_id from unnest(").push_bind(sought).push("::text[]) as sought(words) ");
        query.push("cross join lateral (select own.docket_id from docket_words own where words_of_month(own.month, own.words) ");
        query.push("@> string_to_array(sought.words, ' ')) w)");
    }
    if wanted.open {
        query.push(" and d.open");
    }
    if wanted.overdue {
        query.push(" and d.open and d.due_at <= ").push_bind(wanted.now);
    }
    if wanted.mine {
        query.push(" and d.open and ");
        push_mine(&mut query, &wanted.units, &wanted.roles);
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}

/// What waits for these roles, for these units, or for an answer of theirs.
fn push_mine(query: &mut QueryBuilder<Postgres>, units: &[Uuid], roles: &[String]) {
    query.push("(d.holder_role = any(").push_bind(roles.to_vec());
    query.push(") or d.holder_unit = any(").push_bind(units.to_vec());
    query.push(") or exists (select from case_referral_ask q where q.region = r.region and q.referral_id = r.id and q.answered_at is null");
    query.push(" and q.unit = any(").push_bind(units.to_vec()).push(")))");
}

/// Open, overdue, and waiting for the caller.
pub(super) async fn counts(
    pool: &PgPool,
    scope: &Scope,
    now: DateTime<Utc>,
    (units, roles): (&[Uuid], &[String]),
) -> sqlx::Result<(i64, i64, i64)> {
    let mut query = QueryBuilder::new("select count(*), count(*) filter (where d.due_at <= ");
    query.push_bind(now).push("), count(*) filter (where ");
    push_mine(&mut query, units, roles);
    query.push(") from docket d join case_referral r on r.region = d.region and r.id = d.id where d.open and d.kind = ").push_bind(KIND);
    scope::push(&mut query, scope);
    query.build_query_as().fetch_one(pool).await
}
