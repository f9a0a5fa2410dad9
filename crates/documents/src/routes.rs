//! The operations of documents.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Documents, document, kind, organ, phrase, together};

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
        .routes(routes!(document::docx::docx))
        .routes(routes!(organ::list::list))
        .routes(routes!(organ::set::set))
        .routes(routes!(phrase::list::list, phrase::write::write))
        .routes(routes!(phrase::change::change))
        .routes(routes!(phrase::act::act))
        .routes(routes!(phrase::take::take))
        .routes(routes!(together::draft::draft))
        .routes(routes!(together::issue::issue))
        .routes(routes!(together::figures::figures))
        .with_state(room)
}
