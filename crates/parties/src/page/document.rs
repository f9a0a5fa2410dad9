//! Open a document that was served on the party (打开文书): of what arrived here, the first opening is the read receipt.

use axum::{extract::State, http::HeaderMap, response::Response};
use files::{FileId, Variant};
use http_api::{Answer, Path};
use kernel::problem::Problem;
use uuid::Uuid;

use super::served_on;
use crate::{Parties, entry::Inside};

/// The PDF.
///
/// # Errors
/// `party-session-missing`; `document-not-found` for everything that was not served on this party.
#[utoipa::path(get, path = "/api/v1/public/my-case/documents/{id}", tag = "public", operation_id = "open_my_document",
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The PDF", content_type = "application/pdf", body = [u8])))]
pub(crate) async fn document(State(room): State<Parties>, inside: Inside, Path(id): Path<Uuid>, headers: HeaderMap) -> Answer<Response> {
    room.sends().check(inside.code)?;
    let parts = room.parts();
    let papers = parts.papers.issued(&inside.key).await?;
    let mut transaction = parts.database.pool().begin().await?;
    let of = parts.cases.before_party(&mut transaction, &inside.key, inside.party).await?;
    let deliveries = parts.cases.deliveries(&mut transaction, &inside.key).await?;
    let found = served_on(inside.party, &of, &papers, deliveries).into_iter().find(|it| it.id == id);
    let found = found.ok_or_else(|| Problem::not_found("document-not-found", "没有这份文书，或者它没有送达给您"))?;
    if let Some(delivery) = &found.delivery {
        parts.cases.opened_by_party(&mut transaction, &inside.key, delivery).await?;
    }
    // Answered only when the receipt is kept.
    transaction.commit().await?;
    let mut answer = parts.files.serve(&FileId::parse(&found.file)?, Variant::Original, &headers).await?;
    // The next person at a shared telephone finds nothing.
    answer.headers_mut().insert(axum::http::header::CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
    Ok(answer)
}
