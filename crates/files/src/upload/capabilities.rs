//! `OPTIONS /api/v1/uploads`: what of tus is spoken.

use axum::{
    http::{HeaderName, StatusCode},
    response::IntoResponse,
};

use crate::limits::LARGEST;

/// What the upload protocol offers: version, extensions, largest file.
#[utoipa::path(
    options,
    path = "/api/v1/uploads",
    tag = "files",
    responses((status = 204, description = "Tus-Version, Tus-Extension and Tus-Max-Size"))
)]
pub(crate) async fn capabilities() -> impl IntoResponse {
    let headers = [
        (super::TUS_VERSION, "1.0.0".to_owned()),
        (HeaderName::from_static("tus-extension"), "creation,termination,expiration".to_owned()),
        (HeaderName::from_static("tus-max-size"), LARGEST.to_string()),
    ];
    (StatusCode::NO_CONTENT, headers)
}
