//! `PATCH /api/v1/webhooks/{id}`

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path, ProblemBody};
use identity::Allowed;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{not_found, refuse_topics, store};
use crate::{ManageWebhooks, Notify};

/// What is to change; what is missing stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct WebhookChange {
    /// Which events.
    topics: Option<Vec<String>>,
    /// Whether events are sent. What waits keeps waiting while not.
    active: Option<bool>,
}

/// Switches a webhook on or off, or changes which events it hears.
#[utoipa::path(
    patch,
    path = "/api/v1/webhooks/{id}",
    tag = "notify",
    operation_id = "change_webhook",
    params(("id" = Uuid, Path, description = "The webhook")),
    request_body = WebhookChange,
    responses(
        (status = 204, description = "Changed"),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn change(
    State(notify): State<Notify>,
    allowed: Allowed<ManageWebhooks>,
    Path(id): Path<Uuid>,
    Json(change): Json<WebhookChange>,
) -> Answer<StatusCode> {
    super::require_everything(&notify, &allowed.caller).await?;
    if let Some(topics) = &change.topics {
        refuse_topics(topics)?;
    }
    let mut transaction = notify.database.pool().begin().await?;
    let old = store::lock(&mut transaction, id).await?.ok_or_else(not_found)?;
    store::change(&mut transaction, id, change.topics.as_deref(), change.active).await?;
    let before = super::traced(&old.url, &old.topics, old.active);
    let after = super::traced(&old.url, change.topics.as_deref().unwrap_or(&old.topics), change.active.unwrap_or(old.active));
    super::leave(&mut transaction, &notify, &allowed.caller, "webhook-changed", id, (before, after)).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
