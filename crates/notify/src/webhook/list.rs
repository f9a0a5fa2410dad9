//! `GET /api/v1/webhooks`

use axum::extract::State;
use http_api::{Answer, Json, ProblemBody};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Webhook, store};
use crate::{ManageWebhooks, Notify};

/// Every webhook.
#[derive(Serialize, ToSchema)]
pub(crate) struct Webhooks {
    /// The webhooks; there are never many.
    items: Vec<Webhook>,
}

/// The webhooks with how their last deliveries went. Secrets are never shown.
#[utoipa::path(
    get,
    path = "/api/v1/webhooks",
    tag = "notify",
    operation_id = "list_webhooks",
    responses(
        (status = 200, description = "The webhooks", body = Webhooks),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn list(State(notify): State<Notify>, allowed: Allowed<ManageWebhooks>) -> Answer<Json<Webhooks>> {
    super::require_everything(&notify, &allowed.caller).await?;
    Ok(Json(Webhooks { items: store::list(notify.database.pool()).await? }))
}
