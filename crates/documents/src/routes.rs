//! The operations of documents.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Documents, document, kind};

/// Their router.
pub fn routes(room: Documents) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(kind::list::list))
        .routes(routes!(kind::sample::sample))
        .routes(routes!(document::list::list, document::draft::draft))
        .routes(routes!(document::begin::begin))
        .routes(routes!(document::show::show, document::rewrite::rewrite))
        .routes(routes!(document::preview::preview))
        .routes(routes!(document::issue::issue))
        .routes(routes!(document::void::void))
        .routes(routes!(document::file::file))
        .routes(routes!(document::strip::strip))
        .with_state(room)
}
