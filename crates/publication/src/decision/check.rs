//! Somebody else looks through what is to be published (核对公开内容).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    required,
    rules::{PublicationStep, against, unnumbered},
    store,
    view::PublicationView,
};
use crate::{Publications, rights};

/// What was found.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublicationCheck {
    /// The version that was seen.
    seen: i32,
    /// Nothing personal is left and all of it is true.
    passed: bool,
    /// What is to be changed, where it did not pass.
    #[serde(default)]
    note: String,
}

/// Notes that the content was looked through by another person than who wrote it. What did not pass goes back with a note.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `publication-two-persons`, `publication-unnumbered`, `publication-incomplete`, `field-required`.
#[utoipa::path(post, path = "/api/v1/publications/{id}/actions/check", tag = "publication", operation_id = "check_publication",
    params(("id" = Uuid, Path, description = "The publication")), request_body = PublicationCheck,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn check(
    State(room): State<Publications>,
    allowed: Allowed<rights::CheckPublications>,
    Path(id): Path<Uuid>,
    Json(found): Json<PublicationCheck>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(found.seen)).await?;
    if let Some(why) = against(PublicationStep::Check, &row, me) {
        return Err(why.into());
    }
    let mut line = json!({ "publication": id, "passed": found.passed });
    if found.passed {
        if row.content.as_ref().is_none_or(|content| content.is_unnumbered()) {
            return Err(unnumbered().into());
        }
        row.content.as_ref().map(|content| content.judged()).transpose()?;
        (row.checked_by, row.checked_at, row.reason) = (Some(me), Some(now), None);
    } else {
        let note = required("note", "需要修改的内容", &found.note)?;
        (row.checked_by, row.checked_at) = (None, None);
        line["note"] = json!(note);
        row.reason = Some(note);
    }
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &row.key(), Some(caller), "publication-checked", line).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
