//! Beginning a stock-take, and ending its scanning.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Subject, TakeState, list, no_take, store};
use crate::{Centre, rights};

/// What is counted (发起盘点).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreStocktake {
    subject: Subject,
}

/// What was begun.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StartedCentreStocktake {
    id: Uuid,
}

/// Begins a stock-take of what should be on its place on the caller's ground.
///
/// # Errors
/// `stocktake-open` where one goes on.
#[utoipa::path(post, path = "/api/v1/centre/stocktakes", tag = "centre", operation_id = "start_centre_stocktake",
    request_body = NewCentreStocktake, responses((status = 201, body = StartedCentreStocktake, description = "Begun")))]
pub(crate) async fn start(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Json(wanted): Json<NewCentreStocktake>,
) -> Answer<(StatusCode, Json<StartedCentreStocktake>)> {
    let scope = allowed.scope();
    let ground = scope.regions.iter().min_by_key(|region| region.len());
    let ground = ground.ok_or_else(|| Problem::forbidden("scope-exceeded", "您没有辖区"))?;
    // Whoever sees everything counts the home district.
    let ground = if ground.len() < centre.home_region().len() { centre.home_region() } else { ground };
    let now = centre.now();
    let id = uuid_at(now);
    let mut transaction = centre.database().pool().begin().await?;
    let by = allowed.caller.person.uuid();
    if !store::start(&mut transaction, (id, centre.home_region(), ground), wanted.subject, by, now).await? {
        return Err(Problem::conflict("stocktake-open", "这里已经在盘点").cured_by("接着扫，或者先结束", None).into());
    }
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(StartedCentreStocktake { id })))
}

/// Ends the scanning. A volume that nobody found is missing from now on.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-over`.
#[utoipa::path(post, path = "/api/v1/centre/stocktakes/{id}/actions/finish", tag = "centre", operation_id = "finish_centre_stocktake",
    params(("id" = Uuid, Path, description = "The stock-take")),
    responses((status = 200, body = list::WholeCentreStocktake, description = "The report")))]
pub(crate) async fn finish(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path(id): Path<Uuid>,
) -> Answer<Json<list::WholeCentreStocktake>> {
    let scope = allowed.scope();
    let mut transaction = centre.database().pool().begin().await?;
    store::list(&mut transaction, &scope, centre.home_region(), Some(id), 1).await?.pop().ok_or_else(no_take)?;
    if store::hold(&mut transaction, id).await?.as_deref() != Some(TakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-over", "这次盘点已经结束扫码").into());
    }
    store::finish(&mut transaction, id, allowed.caller.person.uuid(), centre.now()).await?;
    transaction.commit().await?;
    list::whole(&centre, &scope, id).await
}
