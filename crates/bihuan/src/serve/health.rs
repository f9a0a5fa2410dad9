//! Whether the program lives and whether it can work.

use axum::{Json, Router, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use super::rooms::Rooms;

/// `/healthz` and `/readyz`.
pub fn routes(rooms: Rooms) -> Router {
    Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).with_state(rooms)
}

async fn ready(State(rooms): State<Rooms>) -> (StatusCode, Json<Value>) {
    if rooms.database.answers().await {
        (StatusCode::OK, Json(json!({ "ready": true })))
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false, "reason": "database" })))
    }
}
