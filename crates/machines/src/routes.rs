//! Every operation of the machine sources, in one readable list.

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Machines, coverage, device, event, kind, sighting};

/// A request of events is at most so large: a few dozen pictures of the usual size, or five hundred events without.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// The operations.
pub fn routes(machines: Machines) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(event::receive::receive))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .routes(routes!(sighting::list::list))
        .routes(routes!(sighting::show::show))
        .routes(routes!(sighting::confirm::confirm))
        .routes(routes!(sighting::dismiss::dismiss))
        .routes(routes!(coverage::show::show))
        .routes(routes!(coverage::export::export))
        .routes(routes!(device::list::list))
        .routes(routes!(device::save::save))
        .routes(routes!(kind::list::list))
        .routes(routes!(kind::save::save))
        .with_state(machines)
}
