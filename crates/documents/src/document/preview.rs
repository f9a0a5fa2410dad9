//! Look at a draft as it would be printed (预览): 草稿 stands across every page, and no number on it.

use axum::{extract::State, response::Response};
use http_api::{Answer, Path, Query};
use identity::Allowed;
use uuid::Uuid;

use super::{content, still_draft};
use crate::{
    Documents,
    kind::sample::{AskPaper, pdf},
    owner::Doing,
    printing::Standing,
    rights,
};

/// Prints a draft for looking at. What it lacks is blank.
///
/// # Errors
/// `document-not-found`, `document-not-draft`, `fonts-missing`, `glyphs-missing`.
#[utoipa::path(get, path = "/api/v1/documents/{id}/preview", tag = "documents", operation_id = "preview_document",
    params(("id" = Uuid, Path, description = "The document"), AskPaper),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn preview(
    State(room): State<Documents>,
    allowed: Allowed<rights::SeeDocuments>,
    Path(id): Path<Uuid>,
    Query(ask): Query<AskPaper>,
) -> Answer<Response> {
    let record = room.found(id).await?;
    let header = room.allowed(&allowed.caller, &record, Doing::Read).await?;
    still_draft(&record, None)?;
    let template = content::template(&record.kind)?;
    let paper = ask.of(template)?;
    let read = room.read_now(&header, template, &record).await?;
    let standing = Standing { draft: true, simulated: header.simulated, key: id.to_string(), ..Standing::default() };
    Ok(pdf(room.print(template, read, paper, standing).await?.bytes, &record.kind))
}
