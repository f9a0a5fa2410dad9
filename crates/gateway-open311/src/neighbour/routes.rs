//! The operations of the exchange, in one readable list.

use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Exchange, list, save};

/// The operations.
pub fn exchange_routes(exchange: Exchange) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(save::save)).with_state(exchange)
}
