//! `POST /api/v1/centre/stocktakes/{id}/scans`: a label was scanned.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TakeState, no_take, store};
use crate::{Centre, rights, words};

/// Labels that should not be here, at most.
const MOST_STRANGERS: i64 = 500;

codes! {
    /// What a scanned label was (扫码结果).
    #[schema(as = CentreScanResult)]
    Scanned {
        /// It should be here, and is (相符).
        Found = "found", "相符";
        /// It was scanned before (已扫过).
        Again = "again", "已扫过";
        /// It should not be here (登记外).
        Unexpected = "unexpected", "不在应有清单里，已另列";
    }
}

/// A label (标签).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreScan {
    code: String,
}

/// What it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreScanAnswer {
    result: Scanned,
    label: &'static str,
    code: String,
    expected: i64,
    found: i64,
    unexpected: i64,
}

/// Notes a label that was scanned; scanned again it changes nothing.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-over`; `code-unknown`, `code-mistyped`.
#[utoipa::path(post, path = "/api/v1/centre/stocktakes/{id}/scans", tag = "centre", operation_id = "scan_in_centre",
    params(("id" = Uuid, Path, description = "The stock-take")), request_body = CentreScan,
    responses((status = 200, body = CentreScanAnswer, description = "What it was")))]
pub(crate) async fn scan(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CentreScan>,
) -> Answer<Json<CentreScanAnswer>> {
    let (by, now, scope) = (allowed.caller.person.uuid(), centre.now(), allowed.scope());
    let mut transaction = centre.database().pool().begin().await?;
    store::list(&mut transaction, &scope, centre.home_region(), Some(id), 1).await?.pop().ok_or_else(no_take)?;
    let code = words::code(&wanted.code)?;
    if store::hold(&mut transaction, id).await?.as_deref() != Some(TakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-over", "这次盘点已经结束扫码").cured_by("重新发起盘点", None).into());
    }
    let result = if store::found(&mut transaction, id, &code, by, now).await? {
        Scanned::Found
    } else if store::unexpected(&mut transaction, (id, &code), by, now, MOST_STRANGERS).await? {
        Scanned::Unexpected
    } else {
        Scanned::Again
    };
    let counts = store::list(&mut transaction, &scope, centre.home_region(), Some(id), 1).await?.pop().ok_or_else(no_take)?;
    transaction.commit().await?;
    Ok(Json(CentreScanAnswer {
        result,
        label: result.label(),
        code,
        expected: counts.expected,
        found: counts.found,
        unexpected: counts.unexpected,
    }))
}
