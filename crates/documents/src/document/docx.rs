//! Download a document for editing in Word (下载编辑稿).

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{DocumentState, content};
use crate::{Documents, owner::Doing, printing::Standing, rights};

/// What a draft or an issued document says, as a Word file. It is marked as an editing copy; the signed PDF stays the original, and what is
/// changed in the copy changes nothing here.
///
/// # Errors
/// `document-not-found`, `document-void`, `fonts-missing`.
#[utoipa::path(get, path = "/api/v1/documents/{id}/docx", tag = "documents", operation_id = "download_editing_copy",
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The Word file", body = [u8],
        content_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")))]
pub(crate) async fn docx(State(room): State<Documents>, allowed: Allowed<rights::SeeDocuments>, Path(id): Path<Uuid>) -> Answer<Response> {
    let record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &record, Doing::Read).await?;
    if record.state == DocumentState::Void.code() {
        return Err(Problem::conflict("document-void", "这份文书已经作废，没有编辑稿").into());
    }
    let template = content::template(&record.kind)?;
    let read = room.read_now(&header, template, &record).await?;
    let draft = record.state == DocumentState::Draft.code();
    let standing = Standing { number: record.number, draft, simulated: header.simulated, made: record.issued_at, key: id.to_string() };
    let bytes = room.editing_copy(template, read, standing).await?;
    let head = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.docx\"", record.kind)),
    ];
    Ok((head, bytes).into_response())
}
