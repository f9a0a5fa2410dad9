//! What leaders have in charge (包案): each with what stands still and why.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{still, store};
use crate::{
    Leads,
    list::{
        row::{self, LeadRow, NamedId, Names},
        search::invalid_cursor,
        store::Cursor,
    },
    rights,
};

/// Which charges.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WhichCharges {
    /// Only those of the caller.
    #[serde(default)]
    mine: bool,
    /// Where the page begins.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    limit: Option<i64>,
}

/// An open lead that a leader has in charge (包案件).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChargedLead {
    #[serde(flatten)]
    row: LeadRow,
    /// The leader in charge.
    leader: NamedId,
    charged_at: DateTime<Utc>,
    /// Why it was put under his charge.
    charge_reason: String,
    /// When somebody last took a step with it.
    moved_at: DateTime<Utc>,
    /// What stands still and why, the weightiest first; empty where it moves.
    still: Vec<String>,
    /// Instructions that wait for their answers.
    instructions_open: i64,
}

/// Lists the open leads that leaders have in charge, the newest first.
///
/// # Errors
/// `cursor-invalid`.
#[utoipa::path(get, path = "/api/v1/charges", tag = "leads", operation_id = "list_charges", params(WhichCharges),
    responses((status = 200, body = Page<ChargedLead>, description = "One page")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(which): Query<WhichCharges>,
) -> Answer<Json<Page<ChargedLead>>> {
    let cursor: Option<Cursor> = which.cursor.as_deref().map(database::keyset::decode).transpose().map_err(|_| invalid_cursor())?;
    let limit = which.limit.unwrap_or(50).clamp(1, crate::list::filter::MOST_ROWS);
    let (scope, now) = (allowed.scope(), leads.clock().now());
    let leader = which.mine.then(|| allowed.caller.person.uuid());
    let found = store::charged(leads.database().pool(), &scope, leader, cursor.map(|cursor| cursor.id), now, limit).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (found, next_cursor) = database::keyset::page(found, most, |last| Cursor { due_at: None, id: last.id });
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let names = Names::of(&leads, found.iter().map(|one| one.leader)).await?;
    let rows = row::show(&leads, crate::list::store::of(leads.database().pool(), &scope, &ids).await?).await?;
    let mut rows: std::collections::HashMap<Uuid, LeadRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    let items = found.into_iter().filter_map(|one| {
        Some(ChargedLead {
            row: rows.remove(&one.id)?,
            leader: names.person(Some(one.leader))?,
            charged_at: one.charged_at,
            moved_at: one.moved_at,
            still: still::reasons(&one, now),
            instructions_open: one.instructions_open,
            charge_reason: one.charge_reason,
        })
    });
    Ok(Json(Page { items: items.collect(), next_cursor }))
}
