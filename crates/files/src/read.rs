//! `GET /api/v1/files/{id}` and its thumbnail.

use axum::{
    extract::State,
    http::{Extensions, HeaderMap},
    response::Response,
};
use http_api::{Answer, Path, ProblemBody};

use crate::{Variant, readers::Guarded};

/// The original of a file (原件).
#[utoipa::path(
    get,
    path = "/api/v1/files/{id}",
    tag = "files",
    params(("id" = String, Path, description = "SHA-256 of the content, hexadecimal")),
    responses(
        (status = 200, description = "The file", content_type = "application/octet-stream", body = [u8]),
        (status = 206, description = "The part that `Range` asked for"),
        (status = 304, description = "The client has it already"),
        (status = 416, description = "The range lies beyond the end"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn original(
    State(files): State<Guarded>,
    Path(id): Path<String>,
    request: Extensions,
    headers: HeaderMap,
) -> Answer<Response> {
    let (files, file) = files.opened_for(&request, &id).await?;
    files.serve(&file, Variant::Original, &headers).await
}

/// The thumbnail of a picture (缩略图): a JPEG of at most 480 pixels, without metadata.
#[utoipa::path(
    get,
    path = "/api/v1/files/{id}/thumbnail",
    tag = "files",
    params(("id" = String, Path, description = "SHA-256 of the content, hexadecimal")),
    responses(
        (status = 200, description = "The thumbnail", content_type = "image/jpeg", body = [u8]),
        (status = 304, description = "The client has it already"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn thumbnail(
    State(files): State<Guarded>,
    Path(id): Path<String>,
    request: Extensions,
    headers: HeaderMap,
) -> Answer<Response> {
    let (files, file) = files.opened_for(&request, &id).await?;
    files.serve(&file, Variant::Thumbnail, &headers).await
}
