//! Every operation of the interface, in one readable list.

use axum::{extract::DefaultBodyLimit, http::Uri, response::Response, routing::any};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Gateway, definition, discovery,
    fault::{Errors, Fault},
    format::Format,
    request, requests, services, submit, token,
};

/// A report is text: 4,000 characters of it, percent-encoded, are well below this.
const LARGEST_BODY: usize = 128 * 1024;

/// The operations.
pub fn routes(gateway: Gateway) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(discovery::discovery))
        .routes(routes!(discovery::discovery_v2))
        .routes(routes!(services::services))
        .routes(routes!(definition::definition))
        .routes(routes!(requests::requests, submit::submit))
        .routes(routes!(request::request))
        .routes(routes!(token::token))
        .route("/open311/{*rest}", any(unknown))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(gateway)
}

/// An address that the specification does not know is refused in its form too.
async fn unknown(uri: Uri) -> Response {
    let format = uri.path().rsplit_once('.').and_then(|(_, ending)| Format::named(ending)).unwrap_or(Format::Xml);
    format.answer::<Errors>(Err(Fault::not_found("没有这个地址；接口位于 /open311/v2，地址以 .json 或 .xml 结尾")))
}
