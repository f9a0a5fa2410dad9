//! Decide not to publish (不予公开), with the article.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PublicationState, WithholdGround, required,
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{Publications, rights};

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithholdDecision {
    /// The version that was seen.
    seen: i32,
    ground: WithholdGround,
    reason: String,
}

/// Ends a publication that was not made: by the head, with ground and reason.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `field-required`.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/withhold", tag = "publication", operation_id = "withhold_decision",
    params(("id" = Uuid, Path, description = "The publication")), request_body = WithholdDecision,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn withhold(
    State(room): State<Publications>,
    allowed: Allowed<rights::DecideRepairs>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WithholdDecision>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let reason = required("reason", "理由", &wanted.reason)?;
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(wanted.seen)).await?;
    if let Some(why) = against(PublicationStep::Withhold, &row, me) {
        return Err(why.into());
    }
    PublicationState::Withheld.code().clone_into(&mut row.state);
    let line = json!({ "publication": id, "ground": wanted.ground.code(), "article": wanted.ground.article(), "reason": reason });
    (row.ground, row.reason) = (Some(wanted.ground.code().to_owned()), Some(reason));
    (row.ended_by, row.ended_at) = (Some(me), Some(now));
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &row.key(), Some(caller), "publication-withheld", line).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
