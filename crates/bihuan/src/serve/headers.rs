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

/// Lays the layers around.
pub fn around(args: &ServeArgs, router: Router) -> Router {
    let request_id = HeaderName::from_static("x-request-id");
    let proxies = TrustedProxies(args.trusted_proxies.clone().into());
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    let mut router = router
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
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or("");
            // The path alone: a query may hold what a person searched for.
            tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
        }))
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid));
    if args.has_tls() {
        router = router.layer(fixed(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    }
    router
}

/// A panic is a defect: it is logged, and the client gets a problem like any other.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause.downcast_ref::<String>().cloned().or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    tracing::error!(cause = cause.unwrap_or_default(), "a request panicked");
    ApiProblem::from(Problem::internal("internal", "系统内部错误，已记录；请稍后重试")).into_response()
}

/// Lets only the signed-in through.
pub async fn require_caller(request: Request, next: Next) -> Response {
    if request.extensions().get::<identity::Caller>().is_none() {
        return ApiProblem::from(Problem::unauthenticated("not-signed-in", "请先登录。")).into_response();
    }
    next.run(request).await
}

/// How long a request may wait for the connections to end when the server stops.
pub const GRACE: Duration = Duration::from_secs(5);

/// The status of something that is not there.
pub fn missing() -> Response {
    (StatusCode::NOT_FOUND, ApiProblem::from(Problem::not_found("not-found", "没有这个地址"))).into_response()
}
