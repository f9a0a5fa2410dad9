//! `POST /api/v1/notifications/{id}/actions/read` and `…/actions/read-all`

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Path, ProblemBody};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::store;
use crate::{FollowEvents, Notify};

/// Marks one notification as read.
#[utoipa::path(
    post,
    path = "/api/v1/notifications/{id}/actions/read",
    tag = "notify",
    operation_id = "read_notification",
    params(("id" = Uuid, Path, description = "The notification")),
    responses(
        (status = 204, description = "Read"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn read(State(notify): State<Notify>, allowed: Allowed<FollowEvents>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let person = allowed.caller.person.uuid();
    if store::read(notify.database.pool(), person, id, notify.clock.now()).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found("notification-not-found", "没有找到该通知").into())
    }
}

/// Marks all of the caller's notifications as read.
#[utoipa::path(
    post,
    path = "/api/v1/notifications/actions/read-all",
    tag = "notify",
    operation_id = "read_all_notifications",
    responses(
        (status = 204, description = "Read"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn read_all(State(notify): State<Notify>, allowed: Allowed<FollowEvents>) -> Answer<StatusCode> {
    store::read_all(notify.database.pool(), allowed.caller.person.uuid(), notify.clock.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
