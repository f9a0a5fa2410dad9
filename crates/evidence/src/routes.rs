//! Every operation of evidence, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Evidence, custody, item, mark, matrix};

/// The operations.
pub fn routes(evidence: Evidence) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(item::announce::announce))
        .routes(routes!(item::list::list, item::add::add))
        .routes(routes!(item::content::content))
        .routes(routes!(item::count::count_over))
        .routes(routes!(item::exclude::exclude))
        .routes(routes!(custody::hand_over::hand_over))
        .routes(routes!(mark::make::make))
        .routes(routes!(matrix::save::save))
        .with_state(evidence)
}
