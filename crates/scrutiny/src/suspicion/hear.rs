//! Hear who is concerned (听取当事人说明): what he said is written down, and stands beside the suspicion for good.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, note, store, view::Suspicion};
use crate::{Scrutiny, rights};

/// What was said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HearPerson {
    /// Who was heard; without one the person whom the suspicion is about.
    person: Option<Uuid>,
    /// What he said, in his words; at most 500 characters.
    note: String,
}

/// Writes down what a person concerned said.
///
/// # Errors
/// `suspicion-not-found`, `note-invalid`, `nobody-heard`.
#[utoipa::path(post, path = "/api/v1/suspicions/{id}/actions/hear", tag = "scrutiny", operation_id = "hear_about_suspicion",
    request_body = HearPerson, params(("id" = Uuid, Path, description = "The suspicion")),
    responses((status = 200, body = Suspicion, description = "The suspicion")))]
pub(crate) async fn hear(
    State(room): State<Scrutiny>,
    allowed: Allowed<rights::JudgeSuspicions>,
    Path(id): Path<Uuid>,
    Json(request): Json<HearPerson>,
) -> Answer<Json<Suspicion>> {
    let text = note(&request.note)?;
    let scope = allowed.scope();
    let mut transaction = room.database().pool().begin().await?;
    let record = store::one(&mut transaction, &scope, id).await?.ok_or_else(not_found)?;
    let nobody = || Problem::invalid("nobody-heard", "请选择听取了谁的说明").field("person", "没有这个人员");
    let heard = request.person.or(record.person).ok_or_else(nobody)?;
    if !room.identity().names_of(&[heard]).await?.contains_key(&heard) {
        return Err(nobody().into());
    }
    store::state(&mut transaction, id, room.clock().now(), (allowed.caller.person.uuid(), heard), &text).await?;
    transaction.commit().await?;
    room.as_it_stands(&scope, id).await
}
