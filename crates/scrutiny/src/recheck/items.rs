//! List the leads of samples with what was found (盲核明细).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    RecheckState,
    store::{self, Wanted},
};
use crate::{Scrutiny, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which leads are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskItems {
    /// Of one draw.
    draw: Option<Uuid>,
    /// Of one unit.
    unit: Option<Uuid>,
    /// In one state.
    #[param(inline)]
    state: Option<RecheckState>,
    /// Closed on this city day or later.
    from: Option<NaiveDate>,
    /// Closed on this city day or before.
    to: Option<NaiveDate>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A lead of a sample.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecheckedLead {
    id: Uuid,
    lead: Uuid,
    number: String,
    unit_name: String,
    state: RecheckState,
    state_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    collector_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The photos that came with the answer.
    photos: Vec<String>,
}

/// Lists leads of samples, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/reverification-items", tag = "scrutiny", operation_id = "list_reverification_items", params(AskItems),
    responses((status = 200, body = Page<RecheckedLead>, description = "One page")))]
pub(crate) async fn items(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::SeeSuspicions>,
    Query(ask): Query<AskItems>,
) -> Answer<Json<Page<RecheckedLead>>> {
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let wanted = Wanted {
        draw: ask.draw,
        unit: ask.unit,
        state: ask.state.map(RecheckState::code),
        days: (ask.from.is_some() || ask.to.is_some())
            .then(|| (ask.from.unwrap_or(NaiveDate::MIN.max(far_past())), ask.to.unwrap_or_else(|| room.today()))),
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
    };
    let rows = store::items(room.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    let names = room.identity().names_of(&rows.iter().filter_map(|row| row.collector).collect::<Vec<_>>()).await?;
    let organisations = room.identity().organisations().await?;
    let view = |row: store::ItemRecord| {
        let state: RecheckState = row.state.parse().unwrap_or(RecheckState::Waiting);
        RecheckedLead {
            id: row.id,
            lead: row.docket_id,
            number: row.number,
            unit_name: organisations.name(row.unit).to_owned(),
            state_label: state.label(),
            state,
            collector_name: row.collector.and_then(|person| names.get(&person).cloned()),
            answered_at: row.answered_at,
            note: row.note,
            photos: row.photos,
        }
    };
    Ok(Json(Page { items: rows.into_iter().map(view).collect(), next_cursor }))
}

/// A day before any lead: the database's own dates end before chrono's.
fn far_past() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()
}
