//! `POST /api/v1/webhooks/{id}/deliveries/{delivery}/actions/retry`

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Path, ProblemBody};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{deliver::LIFE, store};
use crate::{ManageWebhooks, Notify};

/// Gives a dead delivery another day of tries.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks/{id}/deliveries/{delivery}/actions/retry",
    tag = "notify",
    operation_id = "retry_delivery",
    params(("id" = Uuid, Path, description = "The webhook"), ("delivery" = i64, Path, description = "The delivery")),
    responses(
        (status = 204, description = "Queued again"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn retry(
    State(notify): State<Notify>,
    allowed: Allowed<ManageWebhooks>,
    Path((id, delivery)): Path<(Uuid, i64)>,
) -> Answer<StatusCode> {
    super::require_everything(&notify, &allowed.caller).await?;
    let now = notify.clock.now();
    if store::revive(notify.database.pool(), id, delivery, now, now + LIFE).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    let problem = match store::state(notify.database.pool(), id, delivery).await?.as_deref() {
        Some("delivered") => Problem::conflict("delivery-delivered", "该条推送已经送达，不需要重发"),
        Some(_) => Problem::conflict("delivery-waiting", "该条推送还在自动重试，不需要手动重发；放弃之后才能重发"),
        None => Problem::not_found("delivery-not-found", "没有找到该条推送记录"),
    };
    Err(problem.into())
}
