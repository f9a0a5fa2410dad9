//! List the findings (车辆违规发现列表).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    FindingState,
    store::{self, Wanted},
    view::VehicleFinding,
};
use crate::{Findings, Rule, rights};

/// Rows of a page.
const ROWS: usize = 50;
/// Letters of a plate that are looked for.
const LONGEST_WORDS: usize = 20;

/// Which findings are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// In one state.
    #[param(inline)]
    state: Option<FindingState>,
    /// Of one rule.
    #[param(inline)]
    rule: Option<Rule>,
    /// A part of the plate.
    q: Option<String>,
    /// From this day of the city on.
    from: Option<NaiveDate>,
    /// Up to this day of the city.
    to: Option<NaiveDate>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl Ask {
    pub(crate) fn wanted(&self) -> Result<Wanted, Problem> {
        let plate = self.q.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if plate.is_some_and(|text| text.chars().count() > LONGEST_WORDS || text.contains('\0')) {
            return Err(Problem::invalid("query-invalid", "车牌最多 20 个字").field("q", "车牌最多 20 个字"));
        }
        let before = self.cursor.as_deref().map(keyset::decode::<(DateTime<Utc>, Uuid)>).transpose();
        Ok(Wanted {
            state: self.state.map(FindingState::code),
            rule: self.rule.map(Rule::code),
            plate: plate.map(str::to_uppercase),
            from: self.from,
            to: self.to,
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        })
    }
}

/// Lists findings, the newest first.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/findings", tag = "findings", operation_id = "list_vehicle_findings", params(Ask),
    responses((status = 200, body = Page<VehicleFinding>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Findings>,
    allowed: Allowed<rights::SeeFindings>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<VehicleFinding>>> {
    let rows = store::list(room.pool(), room.region(), &allowed.scope(), &ask.wanted()?, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| (row.began_at, row.id));
    Ok(Json(Page { items: room.show(rows).await?, next_cursor }))
}
