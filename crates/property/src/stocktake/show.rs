//! `GET /api/v1/property/stocktakes/{id}`: a stock-take line by line, as its report is printed.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list::Stocktake, no_stocktake, store};
use crate::{
    Property,
    people::{Names, PropertyPerson},
    rights,
};

/// A line of a stock-take (盘点明细).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StocktakeLine {
    code: String,
    item_id: Option<Uuid>,
    name: Option<String>,
    case_number: Option<String>,
    /// Where the register has it now.
    place_name: Option<String>,
    expected: bool,
    found: bool,
    found_by: Option<PropertyPerson>,
    found_at: Option<DateTime<Utc>>,
    /// It differs: missing, or not expected.
    differs: bool,
    settlement: Option<String>,
    settled_by: Option<PropertyPerson>,
    settled_at: Option<DateTime<Utc>>,
}

/// A stock-take with its lines (盘点报告).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeStocktake {
    #[serde(flatten)]
    head: Stocktake,
    /// Differences first.
    lines: Vec<StocktakeLine>,
}

/// Shows a stock-take.
///
/// # Errors
/// `stocktake-not-found`.
#[utoipa::path(get, path = "/api/v1/property/stocktakes/{id}", tag = "property", operation_id = "show_stocktake",
    params(("id" = Uuid, Path, description = "The stock-take")),
    responses((status = 200, body = WholeStocktake, description = "The stock-take")))]
pub(crate) async fn show(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeStocktake>> {
    whole(&room, &allowed.scope(), id).await
}

/// A stock-take as the caller sees it.
pub(super) async fn whole(room: &Property, scope: &identity::Scope, id: Uuid) -> Answer<Json<WholeStocktake>> {
    let mut connection = room.database().pool().acquire().await?;
    let row = store::one(&mut connection, scope, room.home_region(), id).await?.ok_or_else(no_stocktake)?;
    let lines = store::lines(&mut connection, id).await?;
    drop(connection);
    let people = lines.iter().flat_map(|line| [line.found_by, line.settled_by]).chain([Some(row.started_by), row.finished_by]);
    let people = people.flatten().collect();
    let names = Names::of(room, people).await?;
    let lines = lines.into_iter().map(|line| StocktakeLine {
        differs: !line.expected || line.found_at.is_none(),
        code: line.code,
        item_id: line.item,
        name: line.name,
        case_number: line.case_number,
        place_name: line.place_name,
        expected: line.expected,
        found: line.found_at.is_some(),
        found_by: line.found_by.map(|person| names.person(person)),
        found_at: line.found_at,
        settlement: line.settlement,
        settled_by: line.settled_by.map(|person| names.person(person)),
        settled_at: line.settled_at,
    });
    let lines = lines.collect();
    Ok(Json(WholeStocktake { head: Stocktake::of(row, &names).ok_or_else(no_stocktake)?, lines }))
}
