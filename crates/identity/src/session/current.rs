//! Who is signed in.

use axum::extract::State;
use http_api::{Answer, Json};

use super::Session;
use crate::{caller::Caller, service::Identity};

/// 当前会话。
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = Session), (status = 401, description = "not-signed-in")))]
pub(crate) async fn current(State(identity): State<Identity>, caller: Caller) -> Answer<Json<Session>> {
    Ok(Json(Session::of(&caller, &identity)))
}
