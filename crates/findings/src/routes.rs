//! Every operation of findings, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Findings, finding, rule_set};

/// The operations.
pub fn routes(room: Findings) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(finding::list::list))
        .routes(routes!(finding::export::export))
        .routes(routes!(finding::show::show))
        .routes(routes!(finding::picture::show))
        .routes(routes!(finding::uphold::uphold))
        .routes(routes!(finding::dismiss::dismiss))
        .routes(routes!(finding::replay::replay))
        .routes(routes!(rule_set::list::list))
        .routes(routes!(rule_set::draft::draft))
        .routes(routes!(rule_set::publish::publish))
        .routes(routes!(rule_set::what_if::what_if))
        .with_state(room)
}
