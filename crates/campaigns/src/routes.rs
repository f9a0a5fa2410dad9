//! The operations of campaigns.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Campaigns, campaign, check};

/// Their router.
pub fn routes(room: Campaigns) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(campaign::list::list, campaign::start::start))
        .routes(routes!(campaign::show::show))
        .routes(routes!(campaign::end::end))
        .routes(routes!(campaign::grids::grids))
        .routes(routes!(check::mine::mine))
        .routes(routes!(check::answer::answer))
        .with_state(room)
}
