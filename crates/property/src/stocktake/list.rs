//! `GET /api/v1/property/stocktakes`: the newest stock-takes.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{StocktakeState, store};
use crate::{
    Property,
    people::{Names, PropertyPerson},
    rights,
};

/// Stock-takes shown at most.
const MOST: i64 = 100;

/// Which stock-takes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StocktakeFilter {
    place: Option<Uuid>,
}

/// A stock-take (盘点): `expected` is `found` and `missing` together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stocktake {
    id: Uuid,
    place: Uuid,
    place_name: String,
    state: StocktakeState,
    state_label: &'static str,
    started_by: PropertyPerson,
    started_at: DateTime<Utc>,
    finished_by: Option<PropertyPerson>,
    finished_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    expected: i64,
    found: i64,
    missing: i64,
    unexpected: i64,
    /// Differences that nobody settled.
    unsettled: i64,
}

impl Stocktake {
    pub fn of(row: store::TakeRow, names: &Names) -> Option<Self> {
        let state: StocktakeState = row.state.parse().ok()?;
        Some(Self {
            id: row.id,
            place: row.place,
            place_name: row.place_name,
            state,
            state_label: state.label(),
            started_by: names.person(row.started_by),
            started_at: row.started_at,
            finished_by: row.finished_by.map(|person| names.person(person)),
            finished_at: row.finished_at,
            closed_at: row.closed_at,
            expected: row.expected,
            found: row.found,
            missing: row.expected - row.found,
            unexpected: row.unexpected,
            unsettled: row.unsettled,
        })
    }
}

/// Stock-takes (盘点).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stocktakes {
    items: Vec<Stocktake>,
}

/// Lists the newest stock-takes on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/property/stocktakes", tag = "property", operation_id = "list_stocktakes", params(StocktakeFilter),
    responses((status = 200, body = Stocktakes, description = "The stock-takes")))]
pub(crate) async fn list(
    State(room): State<Property>,
    allowed: Allowed<rights::SeeProperty>,
    Query(filter): Query<StocktakeFilter>,
) -> Answer<Json<Stocktakes>> {
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), room.home_region(), filter.place, MOST).await?;
    drop(connection);
    let people = rows.iter().flat_map(|row| [Some(row.started_by), row.finished_by]).flatten().collect();
    let names = Names::of(&room, people).await?;
    Ok(Json(Stocktakes { items: rows.into_iter().filter_map(|row| Stocktake::of(row, &names)).collect() }))
}
