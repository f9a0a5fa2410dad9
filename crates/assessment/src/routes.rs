//! Every operation of the assessment, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Assessment, figure, setting};

/// The operations.
pub fn routes(room: Assessment) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(figure::figures))
        .routes(routes!(figure::export))
        .routes(routes!(figure::leads))
        .routes(routes!(setting::read, setting::save))
        .with_state(room)
}
