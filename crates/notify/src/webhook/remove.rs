//! `DELETE /api/v1/webhooks/{id}`

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Path, ProblemBody};
use identity::Allowed;
use uuid::Uuid;

use super::{not_found, store};
use crate::{ManageWebhooks, Notify};

/// Removes a webhook with all its deliveries.
#[utoipa::path(
    delete,
    path = "/api/v1/webhooks/{id}",
    tag = "notify",
    operation_id = "remove_webhook",
    params(("id" = Uuid, Path, description = "The webhook")),
    responses(
        (status = 204, description = "Removed"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn remove(State(notify): State<Notify>, allowed: Allowed<ManageWebhooks>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    super::require_everything(&notify, &allowed.caller).await?;
    let mut transaction = notify.database.pool().begin().await?;
    let old = store::lock(&mut transaction, id).await?.ok_or_else(not_found)?;
    store::remove(&mut transaction, id).await?;
    let before = super::traced(&old.url, &old.topics, old.active);
    super::leave(&mut transaction, &notify, &allowed.caller, "webhook-removed", id, (before, serde_json::Value::Null)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
