//! `POST /api/v1/property/items/{id}/actions/tell`: the driver was told where the vehicle is.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store;
use crate::{
    Property, item, rights,
    words::{LINE, required},
};

/// How he was told (告知方式).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldTow {
    /// By text message, by a notice on the spot; no telephone numbers.
    how: String,
}

/// Keeps that the driver was told (道路交通安全法第九十三条第二款).
///
/// # Errors
/// `property-not-found`, `tow-told`; missing words.
#[utoipa::path(post, path = "/api/v1/property/items/{id}/actions/tell", tag = "property", operation_id = "tell_driver",
    params(("id" = Uuid, Path, description = "The vehicle")), request_body = ToldTow,
    responses((status = 204, description = "Kept")))]
pub(crate) async fn tell(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ToldTow>,
) -> Answer<StatusCode> {
    let how = required("how", "告知方式", &wanted.how, LINE)?;
    item::store::one(room.database().pool(), &allowed.scope(), id).await?.ok_or_else(item::no_item)?;
    let mut connection = room.database().pool().acquire().await?;
    if !store::tell(&mut connection, id, &how, room.clock().now(), allowed.caller.person.uuid()).await? {
        return Err(Problem::conflict("tow-told", "已经登记过告知，或者不是拖移的车辆").into());
    }
    Ok(StatusCode::NO_CONTENT)
}
