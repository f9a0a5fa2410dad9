//! Every operation of honest closing, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Scrutiny, pairing, recheck, setting, suspicion};

/// The operations.
pub fn routes(room: Scrutiny) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(suspicion::list::list))
        .routes(routes!(suspicion::show::show))
        .routes(routes!(suspicion::judge::judge))
        .routes(routes!(suspicion::reopen::reopen))
        .routes(routes!(suspicion::hear::hear))
        .routes(routes!(pairing::list::list))
        .routes(routes!(pairing::list::export))
        .routes(routes!(setting::read, setting::save))
        .routes(routes!(recheck::list::list, recheck::draw::draw))
        .routes(routes!(recheck::reassign::reassign))
        .routes(routes!(recheck::items::items))
        .routes(routes!(recheck::mine::mine))
        .routes(routes!(recheck::answer::answer))
        .routes(routes!(recheck::rates::rates))
        .with_state(room)
}
