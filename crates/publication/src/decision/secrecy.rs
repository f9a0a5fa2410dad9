//! The secrecy check of an enterprise's decision (保密审查).

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

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicationSecrecy {
    /// The version that was seen.
    seen: i32,
    /// It holds state secrets (国家秘密).
    state_secret: bool,
    /// It holds business secrets (商业秘密).
    business_secret: bool,
    /// What was looked at.
    note: String,
}

/// Notes the secrecy check, by another person than who wrote the content. A secret ends it: the decision is not published.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `publication-two-persons`, `publication-no-secrecy`, `field-required`.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/secrecy", tag = "publication", operation_id = "check_publication_secrecy",
    params(("id" = Uuid, Path, description = "The publication")), request_body = PublicationSecrecy,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn secrecy(
    State(room): State<Publications>,
    allowed: Allowed<rights::CheckPublications>,
    Path(id): Path<Uuid>,
    Json(found): Json<PublicationSecrecy>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let note = required("note", "审查情况", &found.note)?;
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(found.seen)).await?;
    if let Some(why) = against(PublicationStep::Secrecy, &row, me) {
        return Err(why.into());
    }
    (row.secrecy_by, row.secrecy_at, row.secrecy_note) = (Some(me), Some(now), Some(note.clone()));
    let secret = match (found.state_secret, found.business_secret) {
        (true, _) => Some(WithholdGround::StateSecret),
        (false, true) => Some(WithholdGround::BusinessSecret),
        _ => None,
    };
    if let Some(ground) = secret {
        PublicationState::Withheld.code().clone_into(&mut row.state);
        (row.ground, row.reason) = (Some(ground.code().to_owned()), Some(note));
        (row.ended_by, row.ended_at) = (Some(me), Some(now));
    }
    store::keep(&mut transaction, &row).await?;
    let line = json!({ "publication": id, "state_secret": found.state_secret, "business_secret": found.business_secret });
    room.note(&mut transaction, &row.key(), Some(caller), "publication-secrecy", line).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
