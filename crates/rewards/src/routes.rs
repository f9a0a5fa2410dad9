//! The operations of rewards.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Rewards, award, barred, claim, journal, payout, programme};

/// Their router.
pub fn routes(room: Rewards) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(programme::list::list, programme::publish::create))
        .routes(routes!(programme::publish::change))
        .routes(routes!(programme::preview::preview))
        .routes(routes!(journal::account::account))
        .routes(routes!(award::list::list))
        .routes(routes!(award::export::export))
        .routes(routes!(award::decide::approve))
        .routes(routes!(award::decide::refuse))
        .routes(routes!(barred::list, barred::bar))
        .routes(routes!(barred::release))
        .routes(routes!(payout::list::list, payout::create::create))
        .routes(routes!(payout::file::file))
        .routes(routes!(payout::confirm::confirm))
        .routes(routes!(claim::rules::rules))
        .routes(routes!(claim::days::day))
        .routes(routes!(claim::show::show))
        .routes(routes!(claim::secret::keep))
        .routes(routes!(claim::take::take))
        .with_state(room)
}
