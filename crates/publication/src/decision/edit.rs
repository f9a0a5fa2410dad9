//! Change the draft of a publication by hand (修改公开内容): what was checked counts no more.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use sqlx::types::Json as Stored;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PublicationContent,
    draft::{may_stand, names_one, people, unmasked},
    rules::{PublicationStep, against},
    store,
    view::PublicationView,
};
use crate::{Publications, rights};

/// The content as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPublicationContent {
    /// The version that was seen.
    seen: i32,
    content: PublicationContent,
}

/// Changes the content. Names of the natural persons of the case are refused wherever they stand, and the number of the case's decision
/// and its day stay.
///
/// # Errors
/// `publication-not-found`, `version-conflict`, `publication-not-here`, `publication-incomplete`, `publication-unmasked`.
#[utoipa::path(put, path = "/api/v1/publications/{id}/content", tag = "publication", operation_id = "edit_publication",
    params(("id" = Uuid, Path, description = "The publication")), request_body = NewPublicationContent,
    responses((status = 200, body = PublicationView, description = "As it then stands")))]
pub(crate) async fn edit(
    State(room): State<Publications>,
    allowed: Allowed<rights::WorkPublications>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewPublicationContent>,
) -> Answer<Json<PublicationView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (_, mut row) = room.hold(&mut transaction, &allowed.scope(), id, Some(wanted.seen)).await?;
    if let Some(why) = against(PublicationStep::Edit, &row, me) {
        return Err(why.into());
    }
    let mut content = wanted.content;
    content.judged()?;
    let key = row.key();
    let text = room.decisions().text(&mut transaction, caller, &key).await?;
    let names = people(&text);
    let mut problem = unmasked();
    for (field, label, words) in content.parts() {
        if names_one(words, &names) {
            problem = problem.field(field, format!("{label}里有自然人当事人的姓名"));
        }
        let code = field == "credit_code" && words.split('、').all(|code| code.is_empty() || may_stand(&text, code));
        if !code && kernel::personal::redact(words) != words {
            problem = problem.field(field, format!("{label}里有电话或者证件号码"));
        }
        if field == "credit_code" && !code {
            problem = problem.field(field, "不是统一社会信用代码；自然人不填");
        }
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    content.decided_on = text.decided_on;
    row.content = Some(Stored(content));
    (row.drafted_by, row.drafted_at) = (Some(me), Some(now));
    (row.checked_by, row.checked_at, row.secrecy_by, row.secrecy_at, row.secrecy_note) = (None, None, None, None, None);
    store::keep(&mut transaction, &row).await?;
    room.note(&mut transaction, &key, Some(caller), "publication-edited", json!({ "publication": id })).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    room.one_view(row, me).await
}
