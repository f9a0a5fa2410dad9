//! The leads behind a figure of a replay (试算明细).

use axum::extract::State;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{store, what_if::not_found};
use crate::{Leads, list::row::LeadRow, rights, settings::require_ground};

/// A figure of a replay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = WhatIfFigure)]
pub(crate) enum Figure {
    /// Leads that would go to another unit.
    #[default]
    Moved,
    /// Of the moved, sent back by the unit that the rules in force name.
    SentBackByPresent,
    /// Of the moved, sent back by the unit that the draft names.
    SentBackByDraft,
    /// Leads for which the draft names no unit.
    WithoutRule,
}

/// Which leads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Behind {
    /// The figure; `moved` without.
    #[serde(default)]
    #[param(inline)]
    figure: Figure,
    /// Only those of this unit by the rules in force; `none` for those of no unit. With `to`.
    from: Option<String>,
    /// Only those of this unit by the draft; `none` for those of no unit. With `from`.
    to: Option<String>,
    /// Where the page begins.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 without.
    limit: Option<i64>,
}

/// A unit of a query, or `none`.
fn unit(field: &'static str, text: &str) -> Result<Option<Uuid>, Problem> {
    match text {
        "none" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Problem::invalid("query-invalid", "单位应为其编号或 none").field(field, "应为单位编号或 none")),
    }
}

/// Lists the leads behind a figure, the newest first.
///
/// # Errors
/// `what-if-not-found`, `query-invalid`, `cursor-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/dispatch-what-ifs/{id}/leads", tag = "settings", operation_id = "list_dispatch_what_if_leads",
    params(("id" = Uuid, Path, description = "The replay"), Behind), responses((status = 200, body = Page<LeadRow>, description = "One page")))]
pub(crate) async fn leads_of(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(id): Path<Uuid>,
    Query(behind): Query<Behind>,
) -> Answer<Json<Page<LeadRow>>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let pool = leads.database().pool();
    store::what_if(pool, leads.home_region(), id).await?.ok_or_else(not_found)?;
    let between = match (behind.from.as_deref(), behind.to.as_deref()) {
        (Some(from), Some(to)) => Some((unit("from", from)?, unit("to", to)?)),
        (None, None) => None,
        _ => return Err(Problem::invalid("query-invalid", "from 和 to 应同时填写").field("from", "应与 to 同时填写").into()),
    };
    let before: Option<Uuid> =
        behind.cursor.as_deref().map(database::keyset::decode).transpose().map_err(|_| crate::list::search::invalid_cursor())?;
    let limit = behind.limit.unwrap_or(50).clamp(1, crate::list::filter::MOST_ROWS);
    let ids = store::leads_behind(pool, id, behind.figure, between, before, limit).await?;
    let (ids, next_cursor) = database::keyset::page(ids, usize::try_from(limit).unwrap_or(usize::MAX), |last| *last);
    Ok(Json(Page { items: leads.rows_of(&allowed.scope(), &ids).await?, next_cursor }))
}
