//! Every operation of the party's page, in one readable list.

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Parties, code, consent, desk, entry, page, submission};

/// The operations: of parties, and of officers for them.
pub fn routes(parties: Parties) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(entry::enter::enter, entry::leave::leave))
        .routes(routes!(page::show::show))
        .routes(routes!(page::document::document))
        // Bounded while it is read, by the store of files.
        .merge(OpenApiRouter::new().routes(routes!(page::upload::upload)).layer(DefaultBodyLimit::disable()))
        .routes(routes!(consent::give::give, consent::withdraw::withdraw))
        .routes(routes!(submission::send::send))
        .routes(routes!(code::issue::issue, code::revoke::revoke))
        .routes(routes!(desk::show::show))
        .routes(routes!(desk::deliver::deliver))
        .routes(routes!(desk::file::file))
        .routes(routes!(desk::judge::judge))
        .with_state(parties)
}
