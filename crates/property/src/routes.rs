//! Every operation of property, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Property, balance, item, label, movement, people, place, stocktake, tow};

/// The operations.
pub fn routes(room: Property) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(place::list::list, place::save::add))
        .routes(routes!(place::save::change))
        .routes(routes!(people::list))
        .routes(routes!(item::list::list))
        .routes(routes!(item::show::show))
        .routes(routes!(item::of_case::of_case, item::enter::enter))
        .routes(routes!(item::due::due))
        .routes(routes!(movement::make::make))
        .routes(routes!(movement::reveal::reveal))
        .routes(routes!(tow::take_in::take_in))
        .routes(routes!(tow::tell::tell))
        .routes(routes!(tow::look_up::look_up))
        .routes(routes!(stocktake::list::list, stocktake::start::start))
        .routes(routes!(stocktake::show::show))
        .routes(routes!(stocktake::scan::scan))
        .routes(routes!(stocktake::finish::finish))
        .routes(routes!(stocktake::settle::settle))
        .routes(routes!(balance::show::show))
        .routes(routes!(balance::export::export))
        .routes(routes!(label::print::print))
        .with_state(room)
}
