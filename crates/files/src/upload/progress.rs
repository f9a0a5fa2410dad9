//! `HEAD /api/v1/uploads/{id}`: how much has arrived.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::IntoResponse,
};
use http_api::{Answer, Path, ProblemBody};

use super::{UPLOAD_EXPIRES, UPLOAD_FILE, UPLOAD_LENGTH, UPLOAD_OFFSET, http_date};
use crate::Files;

/// How much of an upload has arrived; once it is whole, `Upload-File` names the file.
#[utoipa::path(
    head,
    path = "/api/v1/uploads/{id}",
    tag = "files",
    params(
        ("id" = uuid::Uuid, Path, description = "The upload"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 200, description = "Upload-Offset, Upload-Length, Upload-Expires and, when whole, Upload-File"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn progress(State(files): State<Files>, Path(id): Path<String>) -> Answer<impl IntoResponse> {
    let row = files.upload_row(&id).await?;
    let offset = files.arrived(&row).await?;
    let mut headers = HeaderMap::new();
    headers.insert(UPLOAD_OFFSET, offset.into());
    headers.insert(UPLOAD_LENGTH, row.length.into());
    let mut say = |name, text: &str| HeaderValue::from_str(text).map(|value| headers.insert(name, value)).map(drop);
    let _ascii = say(UPLOAD_EXPIRES, &http_date(row.expires_at));
    if let Some(file) = &row.sha256 {
        let _ascii = say(UPLOAD_FILE, file);
    }
    Ok((StatusCode::OK, headers))
}
