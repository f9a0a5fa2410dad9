//! `POST /api/v1/property/stocktakes`: a stock-take of a place begins.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{Property, place, rights};

/// Which place (盘点场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStocktake {
    place: Uuid,
}

/// What began.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StartedStocktake {
    id: Uuid,
}

/// Freezes what should be in a place. Until it is finished nothing goes in or out.
///
/// # Errors
/// `property-place-not-found`, `stocktake-open`.
#[utoipa::path(post, path = "/api/v1/property/stocktakes", tag = "property", operation_id = "start_stocktake",
    request_body = NewStocktake, responses((status = 201, body = StartedStocktake, description = "Begun")))]
pub(crate) async fn start(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Json(wanted): Json<NewStocktake>,
) -> Answer<(StatusCode, Json<StartedStocktake>)> {
    let now = room.clock().now();
    let id = uuid_at(now);
    let mut transaction = room.database().pool().begin().await?;
    let place = place::store::one(&mut transaction, &allowed.scope(), wanted.place).await?;
    // Who may use a store of the county may not count it for the county.
    place.filter(|place| allowed.scope().covers_region(&place.jurisdiction)).ok_or_else(place::no_place)?;
    // Whoever moves something in or out at this moment is done before.
    place::store::hold_alone(&mut transaction, wanted.place).await?;
    if !store::start(&mut transaction, (id, room.home_region()), wanted.place, allowed.caller.person.uuid(), now).await? {
        return Err(Problem::conflict("stocktake-open", "这个场所正在盘点").cured_by("接着扫码，或者先结束这次盘点", None).into());
    }
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(StartedStocktake { id })))
}
