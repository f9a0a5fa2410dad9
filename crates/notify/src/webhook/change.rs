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
    _allowed: Allowed<ManageWebhooks>,
    Path(id): Path<Uuid>,
    Json(change): Json<WebhookChange>,
) -> Answer<StatusCode> {
    if let Some(topics) = &change.topics {
        refuse_topics(topics)?;
    }
    if store::change(notify.database.pool(), id, change.topics.as_deref(), change.active).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(not_found().into())
    }
}
