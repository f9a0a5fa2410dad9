//! Search and filters over leads (线索查询).

use axum::extract::State;
use database::Database;
use http_api::{Answer, Json, Page, Query};
use identity::{Allowed, Scope};
use kernel::{problem::Problem, words};

use super::{
    filter::Filter,
    row::{self, LeadRow, RowRecord},
    store::{self, Cursor, Wanted, Words},
};
use crate::{Leads, rights};

/// Lists leads.
///
/// # Errors
/// `query-invalid` for a filter that cannot be meant.
#[utoipa::path(get, path = "/api/v1/leads", tag = "leads", params(Filter), responses((status = 200, body = Page<LeadRow>, description = "One page")))]
pub(crate) async fn search(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Page<LeadRow>>> {
    let (rows, next_cursor) = rows(&leads, &allowed.scope(), &filter).await?;
    Ok(Json(Page { items: row::show(&leads, rows).await?, next_cursor }))
}

/// The rows of one page, within a scope; also for export.
pub(crate) async fn rows(leads: &Leads, scope: &Scope, filter: &Filter) -> Answer<(Vec<RowRecord>, Option<String>)> {
    let text = filter.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let number = text.filter(|text| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')).map(str::to_owned);
    let words = match text {
        Some(text) if number.is_none() => words::bigrams(text),
        _ => Vec::new(),
    };
    if text.is_some() && number.is_none() && words.is_empty() {
        return Err(Problem::invalid("query-too-short", "请输入至少两个字").field("q", "请输入至少两个字").into());
    }
    let wanted = Wanted {
        filter,
        scope,
        states: filter.states()?,
        source: filter.source()?,
        number,
        class: Filter::digits("class", filter.class.as_ref())?,
        region: Filter::digits("region", filter.region.as_ref())?,
        cursor: filter.cursor.as_deref().map(database::keyset::decode).transpose().map_err(|_| invalid_cursor())?,
        now: leads.clock().now(),
        rows: filter.rows(),
        covering: if words.is_empty() { Vec::new() } else { words::covering(text.unwrap_or_default()) },
        words,
    };
    let rows = if wanted.words.is_empty() {
        store::page(leads.database().pool(), &wanted, Words::None).await?
    } else {
        by_words(leads.database(), &wanted).await?
    };
    let limit = usize::try_from(wanted.rows).unwrap_or(usize::MAX);
    Ok(database::keyset::page(rows, limit, |last| Cursor { due_at: last.due_at, id: last.id }))
}

/// Words are looked up month by month from the newest, in growing steps, so that a frequent word stops at the first full page. The two
/// halves of a step are looked up side by side: words that never meet are read through to the end, which one processor alone is slow at.
async fn by_words(database: &Database, wanted: &Wanted<'_>) -> sqlx::Result<Vec<RowRecord>> {
    if wanted.asks_for_open() {
        return store::page(database.pool(), wanted, Words::Probe).await;
    }
    let pool = database.one_plan_pool();
    let Some(all) = store::months(pool).await? else { return Ok(Vec::new()) };
    let (first, last) = wanted.months(all);
    let (mut to, mut width, mut rows) = (last, 1, Vec::new());
    while to >= first && i64::try_from(rows.len()).unwrap_or(i64::MAX) <= wanted.rows {
        let from = (to - width + 1).max(first);
        let middle = from.midpoint(to);
        if from == to {
            rows.extend(store::page(pool, wanted, Words::Months(from, to)).await?);
        } else {
            let newer = store::page(pool, wanted, Words::Months(middle + 1, to));
            let older = store::page(pool, wanted, Words::Months(from, middle));
            let (newer, older) = tokio::try_join!(newer, older)?;
            rows.extend(newer);
            rows.extend(older);
        }
        (to, width) = (from - 1, width * 2);
    }
    Ok(rows)
}

pub(crate) fn invalid_cursor() -> Problem {
    Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询")
}
