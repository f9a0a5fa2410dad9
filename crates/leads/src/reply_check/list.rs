//! List the replies that do not answer (核验列表), and count those that wait.

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    ReplyCheckState, ReplyFinding,
    store::{self, CheckRecord, Wanted},
};
use crate::{
    Leads,
    lead::State as LeadState,
    list::row::{NamedId, Names},
    rights,
};

/// Rows of a page.
const ROWS: usize = 50;
/// Counted up to here; a person reads "999+".
const MOST_COUNTED: i64 = 1_000;

/// Which looks are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Of one lead.
    lead: Option<Uuid>,
    /// In one state.
    #[param(inline)]
    state: Option<ReplyCheckState>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A reply and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplyCheck {
    lead_id: Uuid,
    lead_number: String,
    /// The lead as it stands, for `If-Match` when the reply is released or written anew.
    lead_version: i64,
    lead_title: String,
    lead_state: String,
    lead_state_label: String,
    source: String,
    source_name: String,
    /// What was asked.
    asked: String,
    /// The words of the reply.
    words: String,
    findings: Vec<ReplyFinding>,
    #[schema(inline)]
    state: ReplyCheckState,
    state_label: String,
    made_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<NamedId>,
    /// Why it was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Lists replies with findings, of the newest leads first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/reply-checks", tag = "sources", operation_id = "list_reply_checks", params(Ask),
    responses((status = 200, body = Page<ReplyCheck>, description = "One page")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<ReplyCheck>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let wanted = Wanted { lead: ask.lead, state: ask.state.map(ReplyCheckState::code), before };
    let mut connection = leads.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    drop(connection);
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.lead_id);
    let names = Names::of(&leads, rows.iter().filter_map(|row| row.settled_by)).await?;
    Ok(Json(Page { items: rows.into_iter().map(|row| view(row, &names)).collect(), next_cursor }))
}

/// How many replies wait for a person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReplyCheckCounts {
    /// Held, up to 1000.
    held: i64,
}

/// Counts the replies that wait.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/reply-checks/count", tag = "sources", operation_id = "count_reply_checks",
    responses((status = 200, body = ReplyCheckCounts, description = "The count")))]
pub(crate) async fn count(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<ReplyCheckCounts>> {
    let mut connection = leads.database().pool().acquire().await?;
    Ok(Json(ReplyCheckCounts { held: store::count_held(&mut connection, &allowed.scope(), MOST_COUNTED).await? }))
}

pub(super) fn view(row: CheckRecord, names: &Names) -> ReplyCheck {
    let state = row.state.parse().unwrap_or(ReplyCheckState::Held);
    ReplyCheck {
        source_name: names.settings.source_name(&row.source),
        lead_state_label: row.lead_state.parse::<LeadState>().map_or_else(|()| row.lead_state.clone(), |state| state.label().to_owned()),
        settled_by: names.person(row.settled_by),
        state_label: state.label().to_owned(),
        lead_id: row.lead_id,
        lead_number: row.number,
        lead_version: row.version,
        lead_title: row.title,
        lead_state: row.lead_state,
        source: row.source,
        asked: row.description,
        words: row.words,
        findings: row.findings.0,
        state,
        made_at: row.made_at,
        settled_at: row.settled_at,
        reason: row.reason,
    }
}
