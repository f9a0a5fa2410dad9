//! Read one decision that is public (处罚决定公示详情).

use axum::extract::State;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::problem::Problem;
use uuid::Uuid;

use super::{PublicDecision, store};
use crate::Publications;

/// Reads one; what is over, or never was public, is not there.
///
/// # Errors
/// `decision-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/decisions/{id}", tag = "public", operation_id = "read_public_decision",
    params(("id" = Uuid, Path, description = "The decision")), responses((status = 200, body = PublicDecision, description = "The decision")))]
pub(crate) async fn show(
    State(room): State<Publications>,
    ClientAddress(address): ClientAddress,
    Path(id): Path<Uuid>,
) -> Answer<Json<PublicDecision>> {
    room.reads().check(address)?;
    let row = store::one(room.database().pool(), room.home_region(), room.today(), id).await?;
    let row = row.ok_or_else(|| Problem::not_found("decision-not-found", "没有这份公开的处罚决定，或者公示期已满"))?;
    Ok(Json(PublicDecision::of(row)))
}
