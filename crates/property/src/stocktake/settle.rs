//! `POST /api/v1/property/stocktakes/{id}/lines/{code}/actions/settle`: what became of a difference, by another person.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    StocktakeState, no_stocktake,
    scan::read,
    show::{WholeStocktake, whole},
    store,
};
use crate::{
    Property, rights,
    words::{NOTE, required},
};

/// Why it differs, and what was done (差异处理).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleDifference {
    reason: String,
    /// The thing is missing, and may be written off; otherwise it was found, or the register was wrong.
    #[serde(default)]
    missing: bool,
}

/// Settles a difference. Who took part in the stock-take, by any of its scans, cannot settle one of them.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-open-still`, `difference-not-found`, `difference-of-your-own`, `difference-not-missing` for what was
/// scanned; a missing reason.
#[utoipa::path(post, path = "/api/v1/property/stocktakes/{id}/lines/{code}/actions/settle", tag = "property",
    operation_id = "settle_difference", request_body = SettleDifference,
    params(("id" = Uuid, Path, description = "The stock-take"), ("code" = String, Path, description = "The label")),
    responses((status = 200, body = WholeStocktake, description = "The report")))]
pub(crate) async fn settle(
    State(room): State<Property>,
    allowed: Allowed<rights::SettleStocktakes>,
    Path((id, code)): Path<(Uuid, String)>,
    Json(wanted): Json<SettleDifference>,
) -> Answer<Json<WholeStocktake>> {
    let (me, scope) = (allowed.caller.person.uuid(), allowed.scope());
    let mut transaction = room.database().pool().begin().await?;
    let take = store::one(&mut transaction, &scope, room.home_region(), id).await?.ok_or_else(no_stocktake)?;
    let reason = required("reason", "差异原因和处理", &wanted.reason, NOTE)?;
    let code = read(&code)?;
    if store::hold(&mut transaction, id).await?.as_deref() == Some(StocktakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-open-still", "盘点还没有结束").cured_by("先结束扫码", None).into());
    }
    let gone = || Problem::not_found("difference-not-found", "没有这项差异，或者已经处理");
    let found_by = store::difference(&mut transaction, id, code.as_str()).await?.ok_or_else(gone)?;
    let took = take.started_by == me || take.finished_by == Some(me) || store::scanned(&mut transaction, id, me).await?;
    if took {
        let why = "差异由盘点人以外的另一人处理";
        return Err(Problem::forbidden("difference-of-your-own", why).cured_by("请另一名保管人员或者局领导处理", None).into());
    }
    if wanted.missing && found_by.is_some() {
        let why = "这件扫到了，不能认定缺失";
        return Err(Problem::invalid("difference-not-missing", why).field("missing", why).into());
    }
    store::settle(&mut transaction, (id, code.as_str()), (&reason, wanted.missing), me, room.clock().now()).await?;
    transaction.commit().await?;
    whole(&room, &scope, id).await
}
