//! Change what a draft says (修改草稿).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Document, content, not_found, still_draft, store};
use crate::{Documents, owner::Doing, rights};

/// The new words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewriteDocument {
    /// What it says now, whole.
    #[schema(value_type = Object)]
    data: Value,
}

/// Replaces what a draft says.
///
/// # Errors
/// `document-not-found`, `document-not-draft`, `document-data-invalid`, `document-too-large`, `version-conflict`.
#[utoipa::path(put, path = "/api/v1/documents/{id}", tag = "documents", operation_id = "rewrite_document", request_body = RewriteDocument,
    params(("id" = Uuid, Path, description = "The document")), responses((status = 200, body = Document, description = "The draft")))]
pub(crate) async fn rewrite(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<RewriteDocument>,
) -> Answer<Json<Document>> {
    let seen_record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &seen_record, Doing::Write).await?;
    let mut transaction = room.database().pool().begin().await?;
    let record = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    still_draft(&record, seen)?;
    let template = content::template(&record.kind)?;
    let read = room.read_draft(&mut transaction, &header, template, &request.data).await?;
    if !room.keep_anew(&mut transaction, &record, &read).await?? {
        return Err(not_found().into());
    }
    store::rewritten(&mut transaction, id, template.version).await?;
    let now = store::one(&mut transaction, &record.region, id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.views(vec![now]).await?.remove(0)))
}
