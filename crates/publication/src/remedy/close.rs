//! Note what came of a review or suit (登记结果): the case takes its step in the same transaction.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RemedyOutcome, line, no_remedy, store, view::RemedyView};
use crate::{Publications, rights};

/// What came of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemedyResult {
    /// The version that was seen.
    seen: i32,
    outcome: RemedyOutcome,
    /// The day it was served on the organ.
    served_on: NaiveDate,
    /// What follows.
    #[serde(default)]
    followed: String,
}

/// Notes the result. Where the decision falls, the three days to take its publication back begin.
///
/// # Errors
/// `remedy-not-found`, `version-conflict`, `remedy-closed`, `remedy-later`, or what stands against the case's step.
#[utoipa::path(post, path = "/api/v1/remedies/{id}/actions/close", tag = "publication", operation_id = "close_remedy",
    params(("id" = Uuid, Path, description = "The record")), request_body = RemedyResult,
    responses((status = 200, body = RemedyView, description = "As it then stands")))]
pub(crate) async fn close(
    State(room): State<Publications>,
    allowed: Allowed<rights::KeepRemedies>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RemedyResult>,
) -> Answer<Json<RemedyView>> {
    let (caller, now) = (&allowed.caller, room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let mut row = room.hold_remedy(&mut transaction, &allowed.scope(), id, wanted.seen).await?;
    if row.outcome.is_some() {
        return Err(Problem::conflict("remedy-closed", "结果已经登记").into());
    }
    if wanted.served_on > room.today() || wanted.served_on < row.received_on {
        let why = "送达日期应在收到日期以后、今天以前";
        return Err(Problem::invalid("remedy-later", why).field("served_on", why).into());
    }
    let key = row.key();
    let note = format!("{}：{}", row.kind().label(), wanted.outcome.label());
    room.decisions().step(&mut transaction, caller, &key, wanted.outcome.ends(row.kind()), &note).await?;
    row.followed = line("followed", &wanted.followed, 1_000)?;
    (row.outcome, row.served_on, row.closed_at) = (Some(wanted.outcome.code().to_owned()), Some(wanted.served_on), Some(now));
    store::keep(&mut transaction, &row).await?;
    let line = json!({ "remedy": id, "outcome": wanted.outcome.code() });
    room.note(&mut transaction, &key, Some(caller), "remedy-closed", line).await?;
    // What is public must come back: the three days begin in this transaction, not when the event is heard.
    room.hear(&mut transaction, &key).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok(Json(room.remedy_views(vec![row]).await?.pop().ok_or_else(no_remedy)?))
}
