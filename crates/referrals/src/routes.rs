//! Every operation of referrals, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Referrals, referral, setting};

/// The operations.
pub fn routes(referrals: Referrals) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(referral::list::list, referral::open::open))
        .routes(routes!(referral::list::counts))
        .routes(routes!(referral::export::export))
        .routes(routes!(referral::view::show))
        .routes(routes!(referral::act::act))
        .routes(routes!(referral::reveal::reveal))
        .routes(routes!(referral::file::announce))
        .routes(routes!(referral::file::content))
        .routes(routes!(referral::take_in::take_in))
        .routes(routes!(referral::paper::read))
        .routes(routes!(setting::read::read, setting::save::save))
        .with_state(referrals)
}
