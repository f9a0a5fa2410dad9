//! SQL of the list of cases.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgPool, QueryBuilder};
use uuid::Uuid;

use super::{super::KIND, Wanted};
use crate::scope;

/// Months that words are looked for in: ten years.
const MONTHS: i32 = 120;

/// A case as a row of a list.
#[derive(Debug, Clone, FromRow)]
pub(super) struct RowRecord {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: String,
    pub track: String,
    pub open: bool,
    pub opened_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub warn_at: Option<DateTime<Utc>>,
    pub holder_role: Option<String>,
    pub officer: Option<Uuid>,
    pub sent_back: bool,
    pub simulated: bool,
}

const ROW: &str = "select d.id, d.number, d.title, d.state, c.track, d.open, d.opened_at, d.due_at, d.warn_at, d.holder_role, c.sent_back, d.simulated,
    (select o.person from case_officer o where o.region = c.region and o.case_id = c.id and not o.recused order by o.ordinal limit 1) as officer
    from docket d join enforcement_case c on c.region = d.region and c.id = d.id where d.kind = ";

/// One page, the newest first.
pub(super) async fn page(pool: &PgPool, scope: &Scope, wanted: &Wanted, rows: i64) -> sqlx::Result<Vec<RowRecord>> {
    let mut query = QueryBuilder::new(ROW);
    query.push_bind(KIND);
    scope::push(&mut query, scope);
    if let Some(states) = &wanted.states {
        query.push(" and d.state = any(").push_bind(states.clone()).push(")");
    }
    if let Some(track) = wanted.track {
        query.push(" and c.track = ").push_bind(track);
    }
    if let Some(lead) = wanted.lead {
        query.push(" and c.lead_id = ").push_bind(lead);
    }
    if let Some(number) = &wanted.number {
        // ':' follows '9' in ASCII: the first text that no longer begins with the number.
        query.push(" and d.number >= ").push_bind(number.clone()).push(" and d.number < ").push_bind(format!("{number}:"));
    }
    if !wanted.words.is_empty() {
        // Cases carry a word of their own, so that the many words of leads are not read.
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
    if wanted.mine || wanted.waiting {
        query.push(" and (d.holder_person = ").push_bind(wanted.person);
        query.push(" or d.holder_role = any(").push_bind(wanted.roles.clone()).push(")");
        if wanted.mine {
            query.push(
                " or exists (select from case_officer o where o.region = c.region and o.case_id = c.id and not o.recused and o.person = ",
            );
            query.push_bind(wanted.person).push(")");
        }
        query.push(")");
    }
    if let Some(before) = wanted.before {
        query.push(" and d.id < ").push_bind(before);
    }
    query.push(" order by d.id desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}
