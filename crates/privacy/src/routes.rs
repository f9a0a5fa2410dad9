//! Every operation of privacy, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Privacy, impact, notice, request, retention};

/// The operations.
pub fn routes(room: Privacy) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(notice::public::show))
        .routes(routes!(notice::list::list, notice::publish::publish))
        .routes(routes!(notice::draft::save))
        .routes(routes!(request::ask::ask, request::follow::follow))
        .routes(routes!(request::copy::own))
        .routes(routes!(request::list::list, request::enter::enter))
        .routes(routes!(request::show::show))
        .routes(routes!(request::decide::decide))
        .routes(routes!(request::copy::hand_out))
        .routes(routes!(impact::list::list, impact::enter::enter))
        .routes(routes!(retention::setting::read, retention::setting::save))
        .routes(routes!(retention::preview::preview))
        .routes(routes!(retention::runs::list, retention::runs::begin))
        .routes(routes!(retention::hold::list, retention::hold::place))
        .routes(routes!(retention::hold::release))
        .with_state(room)
}
