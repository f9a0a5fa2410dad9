//! Every operation of payment, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Payments, bill, days, open, payee, receipt, refund};

/// The operations.
pub fn routes(room: Payments) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(bill::case::show, bill::make::make))
        .routes(routes!(bill::list::list))
        .routes(routes!(bill::list::export))
        .routes(routes!(bill::parts::divide))
        .routes(routes!(payee::set::read, payee::set::set))
        .routes(routes!(receipt::list::list))
        .routes(routes!(receipt::settle::settle))
        .routes(routes!(receipt::callback::hear))
        .routes(routes!(refund::list::list))
        .routes(routes!(refund::ask::ask))
        .routes(routes!(refund::decide::decide))
        .routes(routes!(days::list::list))
        .routes(routes!(days::import::import))
        .routes(routes!(days::list::rows))
        .routes(routes!(days::settle::settle))
        .routes(routes!(open::show::show))
        .routes(routes!(open::order::order))
        .with_state(room)
}
