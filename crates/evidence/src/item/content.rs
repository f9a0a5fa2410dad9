//! `GET /api/v1/evidence/{id}/content`: the file itself, from any point on.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use files::FileId;
use http_api::{Answer, Path};
use identity::Allowed;
use uuid::Uuid;

use super::opened;
use crate::{Evidence, Wish, rights};

/// Gives out the file of an item, whole or in part.
///
/// # Errors
/// `evidence-not-found`; `file-lost` where the store has lost it.
#[utoipa::path(get, path = "/api/v1/evidence/{id}/content", tag = "evidence", operation_id = "evidence_content",
    params(("id" = Uuid, Path, description = "The item")),
    responses((status = 200, content_type = "application/octet-stream", description = "The bytes, by the kind they are"),
        (status = 206, content_type = "application/octet-stream", description = "The part that was asked for")))]
pub(crate) async fn content(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::SeeEvidence>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Answer<Response> {
    let (item, _) = opened(&evidence, &allowed.caller, id, Wish::See).await?;
    let mut answer = evidence.files().serve_large(&FileId::parse(&item.file)?, &headers).await?;
    // Who loses sight of a case loses its pictures: the browser asks again each time.
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(answer)
}
