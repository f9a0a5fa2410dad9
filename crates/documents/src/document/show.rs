//! One document, what it says and what it still lacks (文书详情).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Document,
    begin::{PartFields, parts},
    content,
};
use crate::{Documents, form::Missing, owner::Doing, rights};

/// A document with its content.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentContent {
    document: Document,
    /// What it says.
    #[schema(value_type = Object)]
    data: Value,
    /// The same fields with invented content: what belongs where, and of which shape.
    #[schema(value_type = Object)]
    sample: Value,
    /// The papers of the kind, where it has several, each with the fields that it takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartFields>,
    /// The elements that must be there before it is issued, and are not.
    missing: Vec<Missing>,
}

/// Answers a document with what it says and the statutory elements that it lacks.
///
/// # Errors
/// `document-not-found`, `document-erased`.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "documents", operation_id = "show_document",
    params(("id" = Uuid, Path, description = "The document")), responses((status = 200, body = DocumentContent, description = "The document")))]
pub(crate) async fn show(
    State(room): State<Documents>,
    allowed: Allowed<rights::SeeDocuments>,
    Path(id): Path<Uuid>,
) -> Answer<Json<DocumentContent>> {
    let record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &record, Doing::Read).await?;
    let template = content::template(&record.kind)?;
    let read = room.read_now(&header, template, &record).await?;
    let (data, missing) = (read.data().clone(), read.missing);
    Ok(Json(DocumentContent {
        document: room.views(vec![record]).await?.remove(0),
        data,
        sample: template.sample(),
        parts: parts(template),
        missing,
    }))
}
