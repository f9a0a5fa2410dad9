//! Every operation of construction waste, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Waste, carrier, driver, export, map, paper, permit, place, vehicle};

/// The operations.
pub fn routes(waste: Waste) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(map::map))
        .routes(routes!(export::export))
        .routes(routes!(place::list::list, place::save::add))
        .routes(routes!(place::list::show, place::save::change))
        .routes(routes!(carrier::list::list, carrier::save::add))
        .routes(routes!(carrier::list::show, carrier::save::change))
        .routes(routes!(vehicle::list::list, vehicle::save::add))
        .routes(routes!(vehicle::list::show, vehicle::save::change))
        .routes(routes!(vehicle::import::import))
        .routes(routes!(driver::list::list, driver::save::add))
        .routes(routes!(driver::save::change))
        .routes(routes!(driver::reveal::reveal))
        .routes(routes!(driver::reveal::reveals))
        .routes(routes!(paper::keep::add))
        .routes(routes!(paper::keep::remove))
        .routes(routes!(permit::list::list, permit::apply::apply))
        .routes(routes!(permit::view::show))
        .routes(routes!(permit::act::act))
        .routes(routes!(permit::print::print))
        .with_state(waste)
}
