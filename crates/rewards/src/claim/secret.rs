//! The secret of a report (领奖口令): made by the reporter's device, sent once right after the report. Staff see tracking codes; they never
//! see this.

use axum::{extract::State, http::StatusCode};
use chrono::TimeDelta;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{digest, named};
use crate::{Rewards, store};

/// So long after its receipt a report takes a secret: long enough for a weak network, too short for whoever reads the list of new leads.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(10);

/// A secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewardSecret {
    /// 32 hexadecimal digits at random.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    secret: String,
}

/// Keeps the digest of a secret. The first one stays; the same again is well.
///
/// # Errors
/// `report-not-found`, `reward-secret-invalid`, `reward-secret-late`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/reward-secret", tag = "public", operation_id = "keep_reward_secret",
    params(("tracking_code" = String, Path, description = "The code")), request_body = RewardSecret, responses((status = 204, description = "Kept")))]
pub(crate) async fn keep(
    State(room): State<Rewards>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(request): Json<RewardSecret>,
) -> Answer<StatusCode> {
    room.reads().check(address)?;
    let secret = request.secret.trim();
    if secret.len() != 32 || !secret.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(Problem::invalid("reward-secret-invalid", "领奖口令应为 32 位十六进制数").field("secret", "格式不符").into());
    }
    let (key, _) = named(&room, &code).await?;
    let (pool, now, digest) = (room.database().pool(), room.clock().now(), digest(secret));
    if store::secret(pool, &key.region, key.id.uuid()).await?.is_some_and(|kept| kept == digest) {
        return Ok(StatusCode::NO_CONTENT);
    }
    let late = || Problem::conflict("reward-secret-late", "领奖口令只能在上报后立即设置，且只能设置一次");
    let received = store::received_at(pool, &key.region, key.id.uuid()).await?.ok_or_else(late)?;
    if now - received > OPEN_FOR || !store::keep_secret(pool, &key.region, key.id.uuid(), &digest, now).await? {
        return Err(late().into());
    }
    Ok(StatusCode::NO_CONTENT)
}
