//! Every operation of the lead room, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Leads, act, answer, charge, class_model, hotspots, hours, import, joint, layers, lights, list, message, nearest, precedent, public,
    publication, reception, reply_check, report, rule_sets, settings, source, text_code, view, wall,
};

/// The operations.
pub fn routes(leads: Leads) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list::search::search, report::report))
        .routes(routes!(list::counts::counts))
        .routes(routes!(list::export::export))
        .routes(routes!(wall::wall))
        .routes(routes!(list::todo::todo))
        .routes(routes!(hotspots::list))
        .routes(routes!(charge::list::list))
        .routes(routes!(joint::straight::list, joint::straight::replace))
        .merge(nearest::routes())
        .routes(routes!(layers::setting::show, layers::setting::replace))
        .routes(routes!(hours::save::list, hours::save::add))
        .routes(routes!(hours::preview::preview))
        .routes(routes!(reception::enter::list, reception::enter::enter))
        .routes(routes!(view::show))
        .routes(routes!(view::history))
        .routes(routes!(view::suggestions))
        .merge(act::routes())
        .merge(import::routes())
        .merge(publication::routes())
        .routes(routes!(settings::dispatch_rules::list, settings::dispatch_rules::add))
        .routes(routes!(settings::dispatch_rules::change, settings::dispatch_rules::remove))
        .routes(routes!(settings::intake_settings::list, settings::intake_settings::replace))
        .routes(routes!(lights::save::list, lights::save::replace))
        .routes(routes!(settings::duty::list, settings::duty::add))
        .routes(routes!(settings::duty::remove))
        .merge(message::routes())
        .merge(answer::routes())
        .merge(reply_check::routes())
        .merge(precedent::routes())
        .merge(class_model::routes())
        .merge(rule_sets::routes())
        .merge(text_code::routes())
        .routes(routes!(source::list::list))
        .routes(routes!(source::save::save))
        .routes(routes!(public::report::report))
        .routes(routes!(public::follow::follow))
        .routes(routes!(public::receipt::receipt))
        .routes(routes!(public::receipt::key))
        .routes(routes!(public::photo::photo))
        .routes(routes!(public::photo::thumbnail))
        .routes(routes!(public::rate::rate))
        .routes(routes!(public::erase::erase))
        .routes(routes!(public::recent::recent))
        .routes(routes!(public::classes::classes))
        .routes(routes!(public::place::place))
        .with_state(leads)
}
