//! `GET /api/v1/centre/stocktakes` and `/{id}`: the stock-takes, and the report of one.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Subject, TakeState, no_take, store};
use crate::{
    Centre, rights,
    service::{CentrePerson, Names},
};

/// Stock-takes shown at most.
const MOST: i64 = 50;

/// A stock-take (盘点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreStocktake {
    id: Uuid,
    subject: Subject,
    subject_label: &'static str,
    state: TakeState,
    state_label: &'static str,
    started_by: CentrePerson,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    expected: i64,
    found: i64,
    missing: i64,
    unexpected: i64,
    unsettled: i64,
}

/// A line of a stock-take (盘点明细).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreStocktakeLine {
    code: String,
    name: Option<String>,
    expected: bool,
    found: bool,
    found_by: Option<CentrePerson>,
    settlement: Option<String>,
    settled_by: Option<CentrePerson>,
}

/// The stock-takes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreStocktakes {
    items: Vec<CentreStocktake>,
}

/// A stock-take with its lines, differences first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeCentreStocktake {
    stocktake: CentreStocktake,
    lines: Vec<CentreStocktakeLine>,
}

fn of(row: &store::TakeRow, names: &Names) -> Option<CentreStocktake> {
    let (subject, state): (Subject, TakeState) = (row.subject.parse().ok()?, row.state.parse().ok()?);
    Some(CentreStocktake {
        id: row.id,
        subject,
        subject_label: subject.label(),
        state,
        state_label: state.label(),
        started_by: names.person(row.started_by),
        started_at: row.started_at,
        finished_at: row.finished_at,
        expected: row.expected,
        found: row.found,
        missing: row.expected - row.found,
        unexpected: row.unexpected,
        unsettled: row.unsettled,
    })
}

/// A stock-take as a whole.
pub(crate) async fn whole(centre: &Centre, scope: &Scope, id: Uuid) -> Answer<Json<WholeCentreStocktake>> {
    let mut connection = centre.database().pool().acquire().await?;
    let take = store::list(&mut connection, scope, centre.home_region(), Some(id), 1).await?.pop().ok_or_else(no_take)?;
    let rows = store::lines(&mut connection, id).await?;
    drop(connection);
    let people = rows.iter().flat_map(|row| [row.found_by, row.settled_by].into_iter().flatten()).chain([take.started_by]);
    let names = centre.names(people).await?;
    let lines = rows.into_iter().map(|row| CentreStocktakeLine {
        code: row.code,
        name: row.name,
        expected: row.expected,
        found: row.found_at.is_some(),
        found_by: row.found_by.map(|person| names.person(person)),
        settlement: row.settlement,
        settled_by: row.settled_by.map(|person| names.person(person)),
    });
    Ok(Json(WholeCentreStocktake { lines: lines.collect(), stocktake: of(&take, &names).ok_or_else(no_take)? }))
}

/// Lists the newest stock-takes on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/centre/stocktakes", tag = "centre", operation_id = "list_centre_stocktakes",
    responses((status = 200, body = CentreStocktakes, description = "The stock-takes")))]
pub(crate) async fn list(State(centre): State<Centre>, allowed: Allowed<rights::SeeCentre>) -> Answer<Json<CentreStocktakes>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), centre.home_region(), None, MOST).await?;
    drop(connection);
    let names = centre.names(rows.iter().map(|row| row.started_by)).await?;
    Ok(Json(CentreStocktakes { items: rows.iter().filter_map(|row| of(row, &names)).collect() }))
}

/// Shows a stock-take with its lines.
///
/// # Errors
/// `stocktake-not-found`.
#[utoipa::path(get, path = "/api/v1/centre/stocktakes/{id}", tag = "centre", operation_id = "read_centre_stocktake",
    params(("id" = Uuid, Path, description = "The stock-take")),
    responses((status = 200, body = WholeCentreStocktake, description = "The report")))]
pub(crate) async fn show(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeCentreStocktake>> {
    whole(&centre, &allowed.scope(), id).await
}
