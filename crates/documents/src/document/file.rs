//! Download an issued document (下载文书).

use axum::{extract::State, http::HeaderMap, response::Response};
use files::{FileId, Variant};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use crate::{Documents, owner::Doing, rights};

/// The signed PDF of an issued document; of a void one too, for the register.
///
/// # Errors
/// `document-not-found`, `document-not-issued`.
#[utoipa::path(get, path = "/api/v1/documents/{id}/file", tag = "documents", operation_id = "download_document",
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn file(
    State(room): State<Documents>,
    allowed: Allowed<rights::SeeDocuments>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Answer<Response> {
    let record = room.found(id).await?;
    room.allowed(&allowed.caller, &record, Doing::Read).await?;
    let file = record.file.ok_or_else(|| Problem::conflict("document-not-issued", "这份文书还没有签发"))?;
    room.files().serve(&FileId::parse(&file)?, Variant::Original, &headers).await
}
