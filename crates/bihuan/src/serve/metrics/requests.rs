//! Counting requests: by the route's template, the method and the status.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};

/// The label of what no route of the interface matched: pages, their parts, addresses that are not there.
const PAGES: &str = "pages";

/// Counts a request and the time until its answer begins. A stream of events begins at once and lasts.
pub async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| PAGES.to_owned(), |path| path.as_str().to_owned());
    let method = known(request.method());
    let begun = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    metrics::histogram!("bihuan_http_request_seconds", "route" => route.clone(), "method" => method).record(begun.elapsed().as_secs_f64());
    metrics::counter!("bihuan_http_requests_total", "route" => route, "method" => method, "status" => status).increment(1);
    response
}

/// Methods are words that anybody may send: what is none of HTTP's counts as another.
const fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
