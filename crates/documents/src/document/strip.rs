//! Print an issued document on the strip of a portable printer (小票打印): the same words and number; the signed sheet stays the original.

use axum::{extract::State, response::Response};
use http_api::{Answer, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{DocumentState, content};
use crate::{
    Documents,
    kind::sample::pdf,
    owner::Doing,
    printing::{Paper, Standing},
    rights,
};

/// Prints an issued penalty on the spot, 58 millimetres wide, as it was issued.
///
/// # Errors
/// `document-not-found`, `document-not-issued`, `paper-unknown` where the kind has no strip, `fonts-missing`.
#[utoipa::path(get, path = "/api/v1/documents/{id}/strip", tag = "documents", operation_id = "print_document_strip",
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn strip(State(room): State<Documents>, allowed: Allowed<rights::SeeDocuments>, Path(id): Path<Uuid>) -> Answer<Response> {
    let record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &record, Doing::Read).await?;
    if record.state != DocumentState::Issued.code() {
        return Err(Problem::conflict("document-not-issued", "这份文书没有签发，或者已经作废").into());
    }
    let template = content::template(&record.kind)?;
    if template.code != "D14" {
        return Err(Problem::invalid("paper-unknown", "只有当场行政处罚决定书有小票格式").into());
    }
    let read = template.read(&room.content_of(&record).await?)?;
    let standing =
        Standing { number: record.number, draft: false, simulated: header.simulated, made: record.issued_at, key: id.to_string() };
    Ok(pdf(room.print(template, read, Paper::Strip, standing).await?.bytes, &record.kind))
}
