//! List the terminals (车载终端列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::store::{self, Kept};
use crate::{Vehicles, rights};

/// Rows of a page.
const ROWS: usize = 100;
const LONGEST_WORDS: usize = 64;

/// Which terminals are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// A part of number or plate.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A terminal of a vehicle (车载终端).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VehicleTerminal {
    /// The vehicle's number in tracks.
    id: i64,
    /// Its telephone number, without leading zeros.
    phone: String,
    plate: String,
    /// Colour of the plate by JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 9 other.
    colour: i16,
    /// Whose table says what its own items mean.
    vendor: String,
    /// It was let in without being entered.
    visitor: bool,
    active: bool,
    simulated: bool,
    /// It is connected to this program.
    connected: bool,
    /// Maker, model and number, as it called itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered_at: Option<DateTime<Utc>>,
    /// For `If-Match`.
    version: i64,
}

/// A terminal as people read it.
pub(super) fn view(vehicles: &Vehicles, kept: Kept) -> VehicleTerminal {
    VehicleTerminal {
        connected: vehicles.sessions().has(kept.id),
        id: kept.id,
        phone: kept.phone,
        plate: kept.plate,
        colour: kept.colour,
        vendor: kept.vendor,
        visitor: kept.visitor,
        active: kept.active,
        simulated: kept.simulated,
        claim: kept.claim,
        registered_at: kept.registered_at,
        version: kept.version,
    }
}

/// Lists terminals by their numbers.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/vehicle-terminals", tag = "vehicles", operation_id = "list_vehicle_terminals", params(Ask),
    responses((status = 200, body = Page<VehicleTerminal>, description = "One page")))]
pub(crate) async fn list(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::SeeVehicles>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<VehicleTerminal>>> {
    let words = ask.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    if words.is_some_and(|words| words.chars().count() > LONGEST_WORDS || words.contains('\0')) {
        return Err(Problem::invalid("query-invalid", "查找的字词不能超过 64 字").into());
    }
    let after = ask.cursor.as_deref().map(keyset::decode::<String>).transpose();
    let after = after.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    if !allowed.scope().covers_region(vehicles.home_region()) {
        return Ok(Json(Page { items: Vec::new(), next_cursor: None }));
    }
    let rows = store::list(vehicles.database().pool(), vehicles.home_region(), words, after.as_deref(), ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.phone.clone());
    Ok(Json(Page { items: rows.into_iter().map(|row| view(&vehicles, row)).collect(), next_cursor }))
}
