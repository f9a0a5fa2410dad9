//! Every operation of vehicles and their terminals, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Vehicles, terminal, vehicle};

/// The operations.
pub fn routes(vehicles: Vehicles) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(terminal::list::list))
        .routes(routes!(terminal::save::save))
        .routes(routes!(terminal::visitors::show))
        .routes(routes!(terminal::visitors::save))
        .routes(routes!(vehicle::now::now))
        .routes(routes!(vehicle::card::card))
        .routes(routes!(vehicle::day::day))
        .routes(routes!(vehicle::counts::counts))
        .with_state(vehicles)
}
