//! Every operation of this room, in one list.

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Matters, benchmark, body, empowerment, matter, statute};

/// The operations on matters, empowerment and statutes.
pub fn routes(room: Matters) -> OpenApiRouter {
    let imports = OpenApiRouter::new().routes(routes!(matter::import)).layer(DefaultBodyLimit::max(body::LARGEST));
    OpenApiRouter::new()
        .routes(routes!(matter::list))
        .routes(routes!(matter::export))
        .routes(routes!(matter::suggest))
        .routes(routes!(matter::publish))
        .routes(routes!(matter::show))
        .routes(routes!(matter::save, matter::discard))
        .routes(routes!(empowerment::jurisdiction))
        .routes(routes!(empowerment::list, empowerment::announce))
        .routes(routes!(empowerment::drafts, empowerment::draft))
        .routes(routes!(empowerment::discard))
        .routes(routes!(statute::list))
        .routes(routes!(statute::read))
        .routes(routes!(statute::search))
        .routes(routes!(benchmark::list, benchmark::create))
        .routes(routes!(benchmark::try_out))
        .routes(routes!(benchmark::show, benchmark::rewrite))
        .routes(routes!(benchmark::act))
        .merge(imports)
        .with_state(room)
}
