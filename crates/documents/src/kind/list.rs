//! All kinds of documents (文书种类).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Kind, kinds};
use crate::{Documents, rights};

/// Kinds of documents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentKindList {
    /// By their codes.
    items: Vec<Kind>,
    /// Whether documents can be printed; if not, what is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<String>,
}

/// Lists the kinds of documents, and which of them have a template.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/document-kinds", tag = "documents", operation_id = "list_document_kinds",
    responses((status = 200, body = DocumentKindList, description = "All kinds")))]
pub(crate) async fn list(State(room): State<Documents>, _: Allowed<rights::SeeDocuments>) -> Answer<Json<DocumentKindList>> {
    let lacking = room.printing().lacking().map(|_| "服务器上缺少文书字体，暂时不能生成文书，请联系管理员（scripts/fonts）".to_owned());
    Ok(Json(DocumentKindList { items: kinds().to_vec(), lacking }))
}
