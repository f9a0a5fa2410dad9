//! Every operation of supervision, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Pressure, notice, setting};

/// The operations.
pub fn routes(pressure: Pressure) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(notice::list::list, notice::issue::issue))
        .routes(routes!(notice::counts::counts))
        .routes(routes!(notice::draft::draft))
        .routes(routes!(notice::view::show))
        .routes(routes!(notice::reply::reply))
        .routes(routes!(notice::judge::accept))
        .routes(routes!(notice::judge::return_reply))
        .routes(routes!(notice::judge::withdraw))
        .routes(routes!(notice::escalate::escalate))
        .routes(routes!(setting::read::read, setting::save::save))
        .with_state(pressure)
}
