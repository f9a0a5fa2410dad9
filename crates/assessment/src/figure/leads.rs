//! The leads behind a figure (指标明细).

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use leads::LeadRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    report::Wanted,
    store::{self, Asked, Place},
};
use crate::{Assessment, indicator, rights};

/// Rows of a page, unless asked otherwise, and at most.
const ROWS: i64 = 50;
const MOST_ROWS: i64 = 200;

/// Which part of a figure.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FigurePart {
    /// Those that fulfil it.
    #[default]
    Numerator,
    /// All of which they are a part.
    Denominator,
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Behind {
    /// The row's code in the report; all rows together without it.
    subject: Option<String>,
    /// Which part of the figure.
    #[serde(default)]
    #[param(inline)]
    part: FigurePart,
    /// From the page before.
    cursor: Option<String>,
    /// Rows of a page, at most 200.
    limit: Option<i64>,
}

/// A lead behind a figure. A lead stands there as often as it counts: sent back and dispatched again, it was due to be dispatched twice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedLead {
    /// The day that it counts on.
    day: NaiveDate,
    /// The lead as it stands now.
    lead: LeadRow,
}

/// Lists the leads behind a figure, the newest day first. A lead that has left the caller's ground since it was counted is not shown.
///
/// # Errors
/// `indicator-unknown`, `period-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/indicators/{code}/leads", tag = "indicators", operation_id = "read_indicator_leads",
    params(("code" = String, Path, description = "The indicator's code"), Wanted, Behind),
    responses((status = 200, body = Page<CountedLead>, description = "One page")))]
pub(crate) async fn leads(
    State(room): State<Assessment>,
    allowed: Allowed<rights::SeeIndicators>,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
    Query(behind): Query<Behind>,
) -> Answer<Json<Page<CountedLead>>> {
    let indicator = indicator::of(&code)
        .filter(|indicator| indicator.is_of(wanted.by))
        .ok_or_else(|| Problem::not_found("indicator-unknown", "没有这项指标，或这类对象不考核它"))?;
    let term = match behind.part {
        FigurePart::Numerator => indicator.numerator,
        FigurePart::Denominator => indicator.denominator.unwrap_or(indicator.numerator),
    };
    let (period, region) = wanted.parse(room.today())?;
    let after: Option<Place> = behind.cursor.as_deref().map(database::keyset::decode).transpose().map_err(Problem::from)?;
    let rows = behind.limit.unwrap_or(ROWS).clamp(1, MOST_ROWS);
    let scope = allowed.scope();
    let asked = Asked { by: wanted.by, period, scope: &scope, region };
    let found = store::behind(room.database().pool(), &asked, term, behind.subject.as_deref(), after, rows + 1).await?;
    let (found, next_cursor) = database::keyset::page(found, usize::try_from(rows).unwrap_or(usize::MAX), |place| *place);
    let mut ids: Vec<Uuid> = found.iter().map(|place| place.docket_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let shown = room.leads().rows_of(&scope, &ids).await?;
    let items = found
        .iter()
        .filter_map(|place| {
            let lead = shown.iter().find(|lead| lead.id == place.docket_id)?.clone();
            Some(CountedLead { day: place.day, lead })
        })
        .collect();
    Ok(Json(Page { items, next_cursor }))
}
