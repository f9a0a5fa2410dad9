//! `POST /api/v1/property/stocktakes/{id}/scans`: a label is scanned.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Scanned, StocktakeState, no_stocktake, store};
use crate::{Code, CodeWrong, Property, item, rights};

/// Things that should not be there, at most: more are another place's stock.
const MOST_STRANGERS: i64 = 2_000;

/// A label (标签).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScannedCode {
    /// As it was scanned or typed.
    code: String,
}

/// What it was.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScanAnswer {
    result: Scanned,
    label: &'static str,
    code: String,
    item_id: Option<Uuid>,
    name: Option<String>,
    expected: i64,
    found: i64,
    unexpected: i64,
}

/// The code of what was scanned.
///
/// # Errors
/// `code-unknown` for another shape, `code-mistyped` for a wrong check digit.
pub(crate) fn read(text: &str) -> Result<Code, Problem> {
    Code::parse(text).map_err(|wrong| match wrong {
        CodeWrong::Shape => Problem::invalid("code-unknown", "这不是财物标签的编码").field("code", "应为 CW 开头、共 15 位"),
        CodeWrong::Check => Problem::invalid("code-mistyped", "编码有误，校验位不符，请重新扫码或者核对").field("code", "校验位不符"),
    })
}

/// Notes a label that was scanned; scanned again it changes nothing.
///
/// # Errors
/// `stocktake-not-found`, `stocktake-over`; `code-unknown`, `code-mistyped`; `stocktake-strangers`.
#[utoipa::path(post, path = "/api/v1/property/stocktakes/{id}/scans", tag = "property", operation_id = "scan_property",
    params(("id" = Uuid, Path, description = "The stock-take")), request_body = ScannedCode,
    responses((status = 200, body = ScanAnswer, description = "What it was")))]
pub(crate) async fn scan(
    State(room): State<Property>,
    allowed: Allowed<rights::KeepProperty>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<ScannedCode>,
) -> Answer<Json<ScanAnswer>> {
    let code = read(&wanted.code)?;
    let (by, now, scope) = (allowed.caller.person.uuid(), room.clock().now(), allowed.scope());
    let mut transaction = room.database().pool().begin().await?;
    store::one(&mut transaction, &scope, room.home_region(), id).await?.ok_or_else(no_stocktake)?;
    if store::hold(&mut transaction, id).await?.as_deref() != Some(StocktakeState::Open.code()) {
        return Err(Problem::conflict("stocktake-over", "这次盘点已经结束扫码").cured_by("重新发起盘点", None).into());
    }
    let item = item::store::by_code(&mut transaction, room.home_region(), code.as_str()).await?;
    let result = if store::found(&mut transaction, id, code.as_str(), by, now).await? {
        Scanned::Found
    } else {
        if store::strangers(&mut transaction, id).await? >= MOST_STRANGERS {
            return Err(Problem::conflict("stocktake-strangers", format!("登记外的标签最多 {MOST_STRANGERS} 个")).into());
        }
        let new = store::unexpected(&mut transaction, (id, code.as_str()), item.as_ref().map(|it| it.id), by, now).await?;
        match (new, &item) {
            (false, _) => Scanned::Again,
            (true, Some(_)) => Scanned::Unexpected,
            (true, None) => Scanned::Unknown,
        }
    };
    let counts = store::one(&mut transaction, &scope, room.home_region(), id).await?.ok_or_else(no_stocktake)?;
    transaction.commit().await?;
    Ok(Json(ScanAnswer {
        result,
        label: result.label(),
        code: code.as_str().to_owned(),
        item_id: item.as_ref().map(|it| it.id),
        name: item.map(|it| it.name),
        expected: counts.expected,
        found: counts.found,
        unexpected: counts.unexpected,
    }))
}
