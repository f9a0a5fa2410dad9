//! `POST /api/v1/webhooks`

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json, ProblemBody};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{MOST_WEBHOOKS, Webhook, refuse_topics, store};
use crate::{ManageWebhooks, Notify};

/// A new webhook.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewWebhook {
    /// Where events go: https, or http on this machine.
    url: String,
    /// The secret that signs, 16 to 200 characters; one is made up if it is missing.
    secret: Option<String>,
    /// Which events: `lead.filed`, `lead.*` or `*`.
    topics: Vec<String>,
    /// Whether events are sent at once.
    #[serde(default = "yes")]
    active: bool,
}

const fn yes() -> bool {
    true
}

/// Adds a webhook. Each body is a CloudEvent 1.0, signed: `Bihuan-Signature: sha256=<HMAC-SHA256 of the body>`.
#[utoipa::path(
    post,
    path = "/api/v1/webhooks",
    tag = "notify",
    operation_id = "create_webhook",
    request_body = NewWebhook,
    responses(
        (status = 201, description = "Added; a secret made up here is shown this once", body = Webhook),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn create(
    State(notify): State<Notify>,
    allowed: Allowed<ManageWebhooks>,
    Json(new): Json<NewWebhook>,
) -> Answer<impl IntoResponse> {
    super::require_everything(&notify, &allowed.caller).await?;
    let url = notify.outgoing.refuse(new.url.trim())?;
    refuse_topics(&new.topics)?;
    if new.secret.as_ref().is_some_and(|secret| !(16..=200).contains(&secret.len())) {
        return Err(Problem::invalid("secret-invalid", "签名密钥不符合要求")
            .field("secret", "应为 16 至 200 个字符，也可留空由系统生成")
            .into());
    }
    let now = notify.clock.now();
    let id = uuid_at(now);
    let (made_up, sealed) = match &new.secret {
        Some(secret) => (None, notify.outgoing.seal(id, secret)?),
        None => notify.outgoing.new_secret(id).map(|(secret, sealed)| (Some(secret), sealed))?,
    };
    let webhook = Webhook {
        id,
        url: url.to_string(),
        topics: new.topics,
        active: new.active,
        created_at: now,
        last_status: None,
        last_at: None,
        waiting: 0,
        dead: 0,
        secret: made_up,
    };
    let mut transaction = notify.database.pool().begin().await?;
    if store::count(&mut transaction).await? >= MOST_WEBHOOKS {
        return Err(Problem::conflict("webhooks-too-many", "推送地址已达上限（100 个），请先删除不用的").into());
    }
    store::insert(&mut transaction, &webhook, &sealed, allowed.caller.person.uuid()).await?;
    let after = super::traced(&webhook.url, &webhook.topics, webhook.active);
    super::leave(&mut transaction, &notify, &allowed.caller, "webhook-added", id, (serde_json::Value::Null, after)).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(webhook)))
}
