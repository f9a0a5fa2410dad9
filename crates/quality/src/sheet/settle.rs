//! Publish or discard the draft of a score sheet (发布、放弃评查标准).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{codes, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list::ReviewSheet, no_sheet, store};
use crate::{Quality, rights};

codes! {
    /// What becomes of a draft (草稿处理).
    SheetStep {
        /// It is in force for new rounds (发布).
        Publish = "publish", "发布";
        /// It is thrown away (放弃).
        Discard = "discard", "放弃";
    }
}

/// Which draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettleSheet {
    /// Its version as it was seen.
    seen: i32,
    step: SheetStep,
}

/// Publishes or discards a draft.
///
/// # Errors
/// `sheet-not-found`, `sheet-settled`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/review-sheets/{id}/actions/settle", tag = "quality", operation_id = "settle_review_sheet",
    params(("id" = Uuid, Path, description = "The version")), request_body = SettleSheet, responses((status = 200, body = ReviewSheet)))]
pub(crate) async fn settle(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<SettleSheet>,
) -> Answer<Json<ReviewSheet>> {
    room.whole_county(&allowed.scope())?;
    let (now, person) = (room.clock().now(), allowed.caller.person);
    let mut transaction = room.database().pool().begin().await?;
    let row = store::read(&mut *transaction, id).await?.ok_or_else(no_sheet)?;
    let publish = wanted.step == SheetStep::Publish;
    let state = if publish { "published" } else { "discarded" };
    if !store::settle(&mut transaction, (id, wanted.seen), state, (person.uuid(), now)).await? {
        return Err(Problem::conflict("sheet-settled", "草稿已经发布、放弃或者被他人修改，请刷新").into());
    }
    if publish {
        let change = SettingChange {
            region: room.home_region(),
            action: "review-sheet-published",
            target: &row.code,
            before: Value::Null,
            after: json!({ "number": row.number, "title": row.title, "points": row.body.points(), "pass": row.body.pass }),
        };
        audit::record(&mut transaction, now, person, change).await?;
    }
    transaction.commit().await?;
    let row = store::read(room.database().pool(), id).await?.ok_or_else(no_sheet)?;
    Ok(Json(room.sheet_views(vec![row]).await?.pop().ok_or_else(no_sheet)?))
}
