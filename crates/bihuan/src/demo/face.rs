//! What only the demo answers: its accounts, and the hand on its clock.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::HeaderMap,
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use http_api::ApiProblem;
use kernel::{clock::Clock, problem::Problem};
use serde::{Deserialize, Serialize};
use sim::cast::{INVITATIONS, PASSWORD};

use super::clock::DemoClock;

/// What the answers need.
#[derive(Clone)]
pub struct Face {
    clock: Arc<DemoClock>,
    key: Arc<str>,
}

/// `GET /api/v1/demo` and `POST /api/v1/demo/clock`; elsewhere than in the demo neither exists.
pub fn routes(clock: Arc<DemoClock>, key: &str) -> Router {
    Router::new()
        .route("/api/v1/demo", get(invite))
        .route("/api/v1/demo/clock", post(move_clock))
        .with_state(Face { clock, key: key.into() })
}

#[derive(Serialize)]
struct Invited {
    account: &'static str,
    password: &'static str,
    role: &'static str,
    name: &'static str,
    page: &'static str,
}

#[derive(Serialize)]
struct Invitation {
    accounts: Vec<Invited>,
    now: DateTime<Utc>,
    catching_up: bool,
}

async fn invite(State(face): State<Face>) -> Json<Invitation> {
    let accounts =
        INVITATIONS.iter().map(|one| Invited { account: one.account, password: PASSWORD, role: one.role, name: one.name, page: one.page });
    Json(Invitation { accounts: accounts.collect(), now: face.clock.now(), catching_up: face.clock.catching_up() })
}

#[derive(Serialize, Deserialize)]
struct Instant {
    now: DateTime<Utc>,
}

async fn move_clock(
    State(face): State<Face>,
    headers: HeaderMap,
    http_api::Json(wanted): http_api::Json<Instant>,
) -> Result<Json<Instant>, ApiProblem> {
    let key = headers.get(sim::play::CLOCK_HEADER).map(|value| value.as_bytes());
    if key != Some(face.key.as_bytes()) {
        return Err(Problem::forbidden("forbidden", "演示时钟只由模拟器拨动").into());
    }
    Ok(Json(Instant { now: face.clock.set(wanted.now)? }))
}
