//! Void a document (作废): a draft is given up, an issued one keeps its number in the register.

use axum::extract::State;
use docket::KeyOf;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{personal::redact, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Document, DocumentState, not_found, store};
use crate::{
    Documents, form,
    owner::{Doing, Done},
    rights,
};

/// Characters of a reason.
const MOST: usize = 200;

/// The reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoidDocument {
    /// Why, at most 200 characters.
    reason: String,
}

/// Voids a document. Its number is not given again.
///
/// # Errors
/// `document-not-found`, `document-void`, `reason-invalid`, `version-conflict`, and what the docket's room refuses.
#[utoipa::path(post, path = "/api/v1/documents/{id}/actions/void", tag = "documents", operation_id = "void_document", request_body = VoidDocument,
    params(("id" = Uuid, Path, description = "The document")), responses((status = 200, body = Document, description = "The void document")))]
pub(crate) async fn void(
    State(room): State<Documents>,
    allowed: Allowed<rights::IssueDocuments>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<VoidDocument>,
) -> Answer<Json<Document>> {
    let seen_record = room.found(id).await?;
    room.allowed(&allowed.caller, &seen_record, Doing::Void).await?;
    let mut transaction = room.database().pool().begin().await?;
    let record = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    let reason = request.reason.trim();
    if reason.is_empty() || reason.chars().count() > MOST || reason.contains('\0') {
        let words = format!("作废理由应为 1 至 {MOST} 字");
        return Err(Problem::invalid("reason-invalid", words.clone()).field("reason", words).into());
    }
    if seen.is_some_and(|version| version != record.version) {
        return Err(Problem::precondition_failed("version-conflict", "这份文书刚有变化，请刷新后再试").into());
    }
    if record.state == DocumentState::Void.code() {
        return Err(Problem::conflict("document-void", "这份文书已经作废").into());
    }
    let reason = redact(reason).into_owned();
    store::void(&mut transaction, id, allowed.caller.person.uuid(), room.clock().now(), &reason).await?;
    let done = Done {
        doing: Doing::Void,
        document: id,
        kind: form::of(&record.kind).map_or("", |template| template.code),
        number: record.number.clone(),
        file: record.file.clone(),
        reason: Some(reason),
    };
    let docket = KeyOf { region: record.region.clone(), id: record.docket_id.into() };
    let owner = room.owner(&record.docket_kind).ok_or_else(not_found)?;
    owner.hear(&mut transaction, &allowed.caller, &docket, &done).await?;
    let after = store::one(&mut transaction, &record.region, id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.views(vec![after]).await?.remove(0)))
}
