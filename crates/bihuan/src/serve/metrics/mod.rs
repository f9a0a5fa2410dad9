//! `/metrics`: what the program counts and what waits in it, as Prometheus reads it (运行指标).
//!
//! Labels are codes of this program and templates of its routes: never an id, an address or a word of a person, so that the number of
//! series is bounded and nothing personal leaves. Rooms count where things happen; what waits in the database is asked when somebody
//! looks, at most every [`gauges::FRESH`].

mod describe;
mod gauges;
mod requests;
mod who;

use std::sync::OnceLock;

use axum::{
    Router,
    extract::{Request, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

pub use requests::count;
pub use who::Readers;

use self::gauges::Gauges;
use super::rooms::Rooms;

/// Bounds of the time of a request, in seconds: from what a list takes to what a person gives up on.
const REQUEST_SECONDS: [f64; 12] = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The one recorder of the process.
static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts to count, once a process: a bench that starts several servers counts for all of them.
pub fn start() {
    HANDLE.get_or_init(|| {
        let builder =
            PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full("bihuan_http_request_seconds".to_owned()), &REQUEST_SECONDS);
        let handle = builder.and_then(PrometheusBuilder::install_recorder);
        if let Err(error) = &handle {
            tracing::error!(%error, "metrics are not kept");
        }
        let handle = handle.ok();
        if handle.is_some() {
            describe::all();
        }
        handle
    });
}

#[derive(Clone)]
struct Served {
    readers: Readers,
    gauges: Gauges,
}

/// `/metrics`, for those who may read it.
pub fn routes(rooms: Rooms, readers: Readers) -> Router {
    Router::new().route("/metrics", get(show)).with_state(Served { readers, gauges: Gauges::of(rooms) })
}

async fn show(State(served): State<Served>, request: Request) -> Response {
    if let Err(problem) = served.readers.admit(&request) {
        return http_api::ApiProblem::from(problem).into_response();
    }
    let Some(Some(handle)) = HANDLE.get() else { return super::missing() };
    served.gauges.refresh().await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], handle.render())
        .into_response()
}

/// Drops the samples that histograms have handed on; without it they would gather until somebody looks.
pub fn upkeep() {
    if let Some(Some(handle)) = HANDLE.get() {
        handle.run_upkeep();
    }
}
