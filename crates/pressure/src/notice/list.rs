//! List the notices (督办文书列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    NoticeState, Stage,
    perform::units_of,
    row::{self, NoticeRow},
    store,
};
use crate::{Pressure, rights};

/// Rows of a page.
const ROWS: usize = 50;

/// Which notices are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// States, separated by commas.
    state: Option<String>,
    /// Of one stage.
    #[param(inline)]
    stage: Option<Stage>,
    /// To one unit.
    unit: Option<Uuid>,
    /// About one lead.
    lead: Option<Uuid>,
    /// Only what is overdue.
    #[serde(default)]
    overdue: bool,
    /// Only what waits for the caller's unit or role.
    #[serde(default)]
    mine: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// The filters after parsing.
pub(super) struct Wanted {
    pub states: Option<Vec<NoticeState>>,
    pub stage: Option<Stage>,
    pub unit: Option<Uuid>,
    pub lead: Option<Uuid>,
    pub overdue: bool,
    pub mine: bool,
    pub units: Vec<Uuid>,
    pub roles: Vec<String>,
    pub before: Option<Uuid>,
    pub now: DateTime<Utc>,
}

/// Lists notices, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/notices", tag = "notices", operation_id = "list_notices", params(Ask),
    responses((status = 200, body = Page<NoticeRow>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Pressure>,
    allowed: Allowed<rights::SeeNotices>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<NoticeRow>>> {
    let states = ask.state.as_deref().filter(|list| !list.is_empty());
    let states = states.map(|list| list.split(',').map(|code| code.trim().parse::<NoticeState>()).collect::<Result<Vec<_>, ()>>());
    let before = ask.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
    let wanted = Wanted {
        states: states.transpose().map_err(|()| Problem::invalid("query-invalid", "state 参数含有未知的状态"))?,
        stage: ask.stage,
        unit: ask.unit,
        lead: ask.lead,
        overdue: ask.overdue,
        mine: ask.mine,
        units: units_of(&allowed.caller),
        roles: allowed.caller.roles.clone(),
        before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        now: room.clock().now(),
    };
    let rows = store::page(room.database().pool(), &allowed.scope(), &wanted, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: row::show(&room, rows).await?, next_cursor }))
}
