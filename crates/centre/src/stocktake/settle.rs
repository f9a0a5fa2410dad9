//! `POST /api/v1/centre/stocktakes/{id}/lines/{code}/actions/settle`: what became of a difference, by another person.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TakeState, list, no_take, store};
use crate::{
    Centre, rights,
    words::{self, NOTE, required},
};

/// Why it differs, and what was done (差异处理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleCentreDifference {
    reason: String,
}

/// Settles a difference. Who took part in the stock-take cannot.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-open-still`, `difference-not-found`, `difference-of-your-own`; a missing reason.
#[utoipa::path(post, path = "/api/v1/centre/stocktakes/{id}/lines/{code}/actions/settle", tag = "centre",
    operation_id = "settle_centre_difference", request_body = SettleCentreDifference,
    params(("id" = Uuid, Path, description = "The stock-take"), ("code" = String, Path, description = "The label")),
    responses((status = 200, body = list::WholeCentreStocktake, description = "The report")))]
pub(crate) async fn settle(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path((id, code)): Path<(Uuid, String)>,
    Json(wanted): Json<SettleCentreDifference>,
) -> Answer<Json<list::WholeCentreStocktake>> {
    let (me, scope) = (allowed.caller.person.uuid(), allowed.scope());
    let mut transaction = centre.database().pool().begin().await?;
    let take = store::list(&mut transaction, &scope, centre.home_region(), Some(id), 1).await?.pop().ok_or_else(no_take)?;
    let reason = required("reason", "差异原因和处理", &wanted.reason, NOTE)?;
    let code = words::code(&code)?;
    if store::hold(&mut transaction, id).await?.as_deref() == Some(TakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-open-still", "盘点还没有结束").cured_by("先结束扫码", None).into());
    }
    if !store::differs(&mut transaction, id, &code).await? {
        return Err(Problem::not_found("difference-not-found", "没有这项差异，或者已经处理").into());
    }
    if take.started_by == me || take.finished_by == Some(me) || store::scanned(&mut transaction, id, me).await? {
        let why = "差异由盘点人以外的另一人处理";
        return Err(Problem::forbidden("difference-of-your-own", why).cured_by("请另一名保管人员或者局领导处理", None).into());
    }
    store::settle(&mut transaction, (id, &code), &reason, me, centre.now()).await?;
    transaction.commit().await?;
    list::whole(&centre, &scope, id).await
}
