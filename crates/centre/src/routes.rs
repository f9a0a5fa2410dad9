//! Every operation of the centre, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Centre, archive, board, device, recording, room, session, stocktake};

/// The operations.
pub fn routes(centre: Centre) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(board::board))
        .routes(routes!(room::list::list, room::save::add))
        .routes(routes!(room::save::change))
        .routes(routes!(session::list::list, session::book::book))
        .routes(routes!(session::show::show))
        .routes(routes!(session::step::step))
        .routes(routes!(session::reveal::reveal))
        .routes(routes!(session::of_case::of_case))
        .routes(routes!(recording::list::list))
        .routes(routes!(recording::link::link))
        .routes(routes!(recording::dock::dock))
        .routes(routes!(recording::settle::settle))
        .routes(routes!(archive::list::list, archive::shelve::shelve))
        .routes(routes!(archive::shelve::put))
        .routes(routes!(archive::loan::list))
        .routes(routes!(archive::ask::ask))
        .routes(routes!(archive::step::step))
        .routes(routes!(archive::destroy::list::list, archive::destroy::list::propose))
        .routes(routes!(archive::destroy::step::step))
        .routes(routes!(device::list::list, device::enter::enter))
        .routes(routes!(device::list::show))
        .routes(routes!(device::step::step))
        .routes(routes!(stocktake::list::list, stocktake::start::start))
        .routes(routes!(stocktake::list::show))
        .routes(routes!(stocktake::scan::scan))
        .routes(routes!(stocktake::start::finish))
        .routes(routes!(stocktake::settle::settle))
        .with_state(centre)
}
