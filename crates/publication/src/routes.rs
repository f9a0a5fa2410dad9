//! Every operation of publication, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Publications, decision, disclosure, public, remedy, repair};

/// The operations.
pub fn routes(room: Publications) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(decision::list::list))
        .routes(routes!(decision::list::counts))
        .routes(routes!(decision::export::export))
        .routes(routes!(decision::of_case::of_case))
        .routes(routes!(decision::draft::draft))
        .routes(routes!(decision::edit::edit))
        .routes(routes!(decision::compare::compare))
        .routes(routes!(decision::check::check))
        .routes(routes!(decision::secrecy::secrecy))
        .routes(routes!(decision::publish::publish))
        .routes(routes!(decision::withhold::withhold))
        .routes(routes!(decision::withdraw::withdraw))
        .routes(routes!(public::list::list))
        .routes(routes!(public::export::export))
        .routes(routes!(public::show::show))
        .routes(routes!(disclosure::list::list, disclosure::draft::draft))
        .routes(routes!(disclosure::step::step))
        .routes(routes!(disclosure::public::list))
        .routes(routes!(disclosure::public::show))
        .routes(routes!(disclosure::certificate::make))
        .routes(routes!(disclosure::certificate::read))
        .routes(routes!(repair::list::list))
        .routes(routes!(repair::apply::apply))
        .routes(routes!(repair::check::check))
        .routes(routes!(repair::decide::decide))
        .routes(routes!(repair::feedback::feedback))
        .routes(routes!(remedy::list::list))
        .routes(routes!(remedy::export::export))
        .routes(routes!(remedy::open::open))
        .routes(routes!(remedy::edit::edit))
        .routes(routes!(remedy::close::close))
        .with_state(room)
}
