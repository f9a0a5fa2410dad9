//! `DELETE /api/v1/uploads/{id}`: an upload is given up.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Path, ProblemBody};

use crate::{Files, store};

/// Gives an upload up. A file that was already kept stays.
#[utoipa::path(
    delete,
    path = "/api/v1/uploads/{id}",
    tag = "files",
    params(
        ("id" = uuid::Uuid, Path, description = "The upload"),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 204, description = "Given up"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn terminate(State(files): State<Files>, Path(id): Path<String>) -> Answer<StatusCode> {
    let row = files.upload_row(&id).await?;
    let _writing = files.busy.enter(row.id)?;
    store::delete_upload(files.database.pool(), row.id).await?;
    files.hashing.forget(row.id);
    files.drop_part(row.id).await;
    Ok(StatusCode::NO_CONTENT)
}
