//! List the answers (答复列表).

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
    AnswerState,
    store::{self, AnswerRecord, Wanted},
};
use crate::{
    Leads,
    lead::Source,
    list::row::{NamedId, Names},
    rights,
};

/// Rows of a page.
const ROWS: usize = 50;

/// Which answers are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// Of one lead.
    lead: Option<Uuid>,
    /// In one state.
    #[param(inline)]
    state: Option<AnswerState>,
    /// Of one source.
    source: Option<Source>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// An answer as people read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerView {
    id: Uuid,
    lead_id: Uuid,
    lead_number: String,
    lead_title: String,
    source: String,
    source_name: String,
    /// The source's own number.
    source_key: String,
    /// How the lead ended.
    outcome: String,
    /// The words of the answer.
    words: String,
    state: String,
    state_label: String,
    made_at: DateTime<Utc>,
    /// How often it was sent.
    attempts: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settled_by: Option<NamedId>,
    /// The HTTP status of the last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<i32>,
    /// The digest of what the source's system said, or what the person wrote down.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<String>,
    /// Why the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// Lists answers, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/answers", tag = "sources", operation_id = "list_answers", params(Ask),
    responses((status = 200, body = Page<AnswerView>, description = "One page")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<AnswerView>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let wanted = Wanted {
        lead: ask.lead,
        state: ask.state.map(AnswerState::code),
        source: ask.source.as_ref().map(Source::code),
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        ..Wanted::default()
    };
    let mut connection = leads.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let names = Names::of(&leads, rows.iter().filter_map(|row| row.settled_by)).await?;
    Ok(Json(Page { items: rows.into_iter().map(|row| view(row, &names)).collect(), next_cursor }))
}

pub(super) fn view(row: AnswerRecord, names: &Names) -> AnswerView {
    AnswerView {
        source_name: names.settings.source_name(&row.source),
        state_label: row.state.parse::<AnswerState>().map_or_else(|()| row.state.clone(), |state| state.label().to_owned()),
        settled_by: names.person(row.settled_by),
        id: row.id,
        lead_id: row.lead_id,
        lead_number: row.number,
        lead_title: row.title,
        source: row.source,
        source_key: row.source_key,
        outcome: row.outcome,
        words: row.words,
        state: row.state,
        made_at: row.made_at,
        attempts: row.attempts,
        settled_at: row.settled_at,
        status: row.status,
        proof: row.proof,
        error: row.error,
    }
}
