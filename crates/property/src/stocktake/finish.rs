//! `POST /api/v1/property/stocktakes/{id}/actions/finish`: everything was scanned.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{
    StocktakeState, no_stocktake,
    show::{WholeStocktake, whole},
    store,
};
use crate::{Property, rights};

/// Ends the scanning: what was not found is missing. Without differences the stock-take is over.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-over`.
#[utoipa::path(post, path = "/api/v1/property/stocktakes/{id}/actions/finish", tag = "property", operation_id = "finish_stocktake",
    params(("id" = Uuid, Path, description = "The stock-take")),
    responses((status = 200, body = WholeStocktake, description = "The report")))]
pub(crate) async fn finish(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeStocktake>> {
    let scope = allowed.scope();
    let mut transaction = room.database().pool().begin().await?;
    store::one(&mut transaction, &scope, room.home_region(), id).await?.ok_or_else(no_stocktake)?;
    if store::hold(&mut transaction, id).await?.as_deref() != Some(StocktakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-over", "这次盘点已经结束扫码").into());
    }
    store::finish(&mut transaction, id, allowed.caller.person.uuid(), room.clock().now()).await?;
    transaction.commit().await?;
    whole(&room, &scope, id).await
}
