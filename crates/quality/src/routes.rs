//! Every operation of quality, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Quality, file, finding, guide, handlers, powers, round, sheet};

/// The operations.
pub fn routes(room: Quality) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(sheet::list::list, sheet::write::write))
        .routes(routes!(sheet::list::show))
        .routes(routes!(sheet::settle::settle))
        .routes(routes!(round::list::list, round::gather::gather))
        .routes(routes!(round::list::people))
        .routes(routes!(round::show::show))
        .routes(routes!(round::draw::draw))
        .routes(routes!(round::replay::replay))
        .routes(routes!(round::close::close))
        .routes(routes!(round::sheet_of_officer::feedback))
        .routes(routes!(file::tasks::tasks))
        .routes(routes!(file::show::show))
        .routes(routes!(file::score::score))
        .routes(routes!(file::appoint::appoint))
        .routes(routes!(finding::list::list))
        .routes(routes!(finding::answer::answer))
        .routes(routes!(finding::judge::judge))
        .routes(routes!(guide::guides::list))
        .routes(routes!(guide::guides::versions, guide::guides::write))
        .routes(routes!(guide::models::list, guide::models::nominate))
        .routes(routes!(guide::models::settle))
        .routes(routes!(guide::of_case::guidance))
        .routes(routes!(powers::list::list))
        .routes(routes!(powers::list::export))
        .routes(routes!(handlers::rank::rank))
        .routes(routes!(handlers::settings::set))
        .with_state(room)
}
