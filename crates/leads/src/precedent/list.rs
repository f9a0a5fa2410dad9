//! List the precedents (判例列表).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Precedent, store};
use crate::{
    Leads,
    list::row::{NamedId, Names},
    rights,
    settings::touches_home,
};

/// Rows of a page.
const ROWS: usize = 50;

/// Which precedents are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In force or withdrawn; both without.
    active: Option<bool>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A precedent as people read it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Precedent)]
pub(crate) struct PrecedentView {
    id: Uuid,
    /// What people cite.
    number: i64,
    unit: NamedId,
    class_prefixes: Vec<String>,
    region_prefix: String,
    reason: String,
    decided_by: String,
    decided_on: NaiveDate,
    active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_for: Option<String>,
    /// How many dispatches cite it.
    used: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    used_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded_by: Option<NamedId>,
    recorded_at: DateTime<Utc>,
    /// For `If-Match`.
    version: i64,
}

/// Lists the precedents, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/precedents", tag = "settings", operation_id = "list_precedents", params(Ask),
    responses((status = 200, body = Page<PrecedentView>, description = "One page")))]
pub(crate) async fn list(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<PrecedentView>>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(Page { items: Vec::new(), next_cursor: None }));
    }
    let before = ask.cursor.as_deref().map(keyset::decode::<i64>).transpose();
    let before = before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let mut connection = leads.database().pool().acquire().await?;
    let rows = store::page(&mut connection, leads.home_region(), ask.active, before, ROWS as i64 + 1).await?;
    drop(connection);
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.number);
    let names = Names::of(&leads, rows.iter().filter_map(|row| row.recorded_by)).await?;
    Ok(Json(Page { items: rows.into_iter().map(|row| view(row, &names)).collect(), next_cursor }))
}

pub(super) async fn show(leads: &Leads, one: Precedent) -> Answer<PrecedentView> {
    let names = Names::of(leads, one.recorded_by).await?;
    Ok(view(one, &names))
}

fn view(one: Precedent, names: &Names) -> PrecedentView {
    PrecedentView {
        id: one.id,
        number: one.number,
        unit: NamedId { id: one.unit_id, name: names.organisations.name(one.unit_id).to_owned() },
        class_prefixes: one.class_prefixes,
        region_prefix: one.region_prefix,
        reason: one.reason,
        decided_by: one.decided_by,
        decided_on: one.decided_on,
        active: one.active,
        withdrawn_for: one.withdrawn_for,
        used: one.used,
        used_at: one.used_at,
        recorded_by: names.person(one.recorded_by),
        recorded_at: one.recorded_at,
        version: one.version,
    }
}
