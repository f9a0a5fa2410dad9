//! Every operation of enforcement cases, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Cases, case};

/// The operations.
pub fn routes(cases: Cases) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(case::list::list, case::open::open))
        .routes(routes!(case::officers::officers))
        .routes(routes!(case::view::show))
        .routes(routes!(case::act::act))
        .routes(routes!(case::reveal::reveal))
        .routes(routes!(case::remark::send_back::send_back))
        .routes(routes!(case::remark::resubmit::resubmit))
        .routes(routes!(case::hearings::hearings))
        .routes(routes!(case::discretion::view::show, case::discretion::weigh::weigh))
        .routes(routes!(case::discretion::deviation::ask))
        .routes(routes!(case::discretion::deviation::approve))
        .routes(routes!(case::watch::list::figures))
        .routes(routes!(case::watch::list::behind))
        .routes(routes!(case::watch::settings::read, case::watch::settings::set))
        .routes(routes!(case::analysis::list::figures))
        .routes(routes!(case::analysis::list::behind))
        .routes(routes!(case::analysis::export::export))
        .with_state(cases)
}
