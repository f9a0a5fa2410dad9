//! The layers around every answer: request ids, time limits, compression, security headers.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_api::{ApiProblem, TrustedProxies};
use kernel::problem::Problem;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};

use crate::settings::ServeArgs;

/// The largest JSON body.
const LARGEST_BODY: usize = 1024 * 1024;

/// No inline script; styles may be inline, since the component library writes them so; pictures and workers of our own, and map tiles.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; \
    connect-src 'self' https:; worker-src 'self' blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; \
    frame-ancestors 'none'";

/// For a year the browser comes back over HTTPS alone, whether the program speaks it or a proxy in front.
const KEEP_TO_HTTPS: &str = "max-age=31536000";

/// Lays the layers around.
pub fn around(args: &ServeArgs, router: Router) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    let proxies = TrustedProxies(args.trusted_proxies.clone().into());
    let forwarding = proxies.clone();
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let router = router
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(axum::Extension(proxies))
        .layer(CatchPanicLayer::custom(panicked))
        // A stream of events is never compressed: a buffer would hold events back.
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::new("text/event-stream"))))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(self), microphone=()"))
        .layer(fixed(header::X_FRAME_OPTIONS, "DENY"))
        .layer(axum::middleware::from_fn(super::metrics::count))
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("");
            // The path alone: a query may hold what a person searched for.
            tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
        }))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid));
    if args.has_tls() {
        return router.layer(fixed(header::STRICT_TRANSPORT_SECURITY, KEEP_TO_HTTPS));
    }
    router.layer(axum::middleware::from_fn(move |request: Request, next: Next| {
        let https = forwarding.say_https(request.extensions(), request.headers());
        async move {
            let mut response = next.run(request).await;
            if https {
                response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(KEEP_TO_HTTPS));
            }
            response
        }
    }))
}

/// A panic is a defect: it is logged, and the client gets a problem like any other.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().cloned().or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    tracing::error!(cause = cause.unwrap_or_default(), "a request panicked");
    ApiProblem::from(Problem::internal("internal", "系统内部错误，已记录；请稍后重试")).into_response()
}

/// How long a request may wait for the connections to end when the server stops.
pub const GRACE: Duration = Duration::from_secs(5);

/// The status of something that is not there.
pub fn missing() -> Response {
    (StatusCode::NOT_FOUND, ApiProblem::from(Problem::not_found("not-found", "没有这个地址"))).into_response()
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::{body::Body, extract::ConnectInfo, routing::get};
    use clap::Parser;
    use tower::ServiceExt;

    use super::*;

    async fn keeps_to_https(arguments: &[&str], peer: [u8; 4], said: &str) -> bool {
        let args = ServeArgs::parse_from([&["bihuan"], arguments].concat());
        let router = around(&args, Router::new().route("/", get(|| async {})));
        let mut request = Request::get("/").header("x-forwarded-proto", said).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 40_000))));
        router.oneshot(request).await.unwrap().headers().contains_key(header::STRICT_TRANSPORT_SECURITY)
    }

    #[tokio::test]
    async fn browsers_are_kept_to_https_where_it_is_spoken() {
        let behind = ["--trusted-proxies", "10.0.0.7,10.0.0.8"];
        assert!(keeps_to_https(&behind, [10, 0, 0, 8], "https").await);
        assert!(!keeps_to_https(&behind, [10, 0, 0, 8], "http").await);
        assert!(!keeps_to_https(&behind, [10, 0, 0, 9], "https").await);
        assert!(!keeps_to_https(&[], [127, 0, 0, 1], "https").await);
        assert!(keeps_to_https(&["--tls-cert", "a.pem", "--tls-key", "b.pem"], [10, 0, 0, 9], "http").await);
    }
}
