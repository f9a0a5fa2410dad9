//! `POST /api/v1/files`: a whole file in one body.

use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use http_api::{Answer, ClientAddress, Json, ProblemBody};
use uuid::Uuid;

use crate::{FileMeta, Files};

/// Who sends a file, where a layer above knows: put into the request's extensions.
#[derive(Debug, Clone, Copy)]
pub struct Uploader(pub Uuid);

/// Keeps the body as a file. Its declared type is not read; the content is judged. The same content twice is one file.
#[utoipa::path(
    post,
    path = "/api/v1/files",
    tag = "files",
    request_body(content = [u8], content_type = "application/octet-stream", description = "JPEG, PNG, WebP or PDF, at most 20 MiB"),
    responses(
        (status = 201, description = "Kept", body = FileMeta),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn post(
    State(files): State<Files>,
    ClientAddress(address): ClientAddress,
    uploader: Option<Extension<Uploader>>,
    body: Body,
) -> Answer<impl IntoResponse> {
    files.limits.files.check(address)?;
    let meta = files.put_stream(body.into_data_stream(), uploader.map(|Extension(Uploader(id))| id)).await?;
    let location = [(header::LOCATION, format!("/api/v1/files/{}", meta.id))];
    Ok((StatusCode::CREATED, location, Json(meta)))
}
