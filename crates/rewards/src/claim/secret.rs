//! The secret of a report (领奖口令): made by the reporter's device, sent right after the report, with the key that the report itself was
//! sent with. Staff see tracking codes; they see neither.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{digest, named};
use crate::{Rewards, store};

/// So long after it became a lead a report takes a secret: long enough for a weak network. A report that waited for the database on the disk
/// became one when that was over, and its page could not send the secret before.
const OPEN_FOR: TimeDelta = TimeDelta::minutes(10);

/// A secret.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RewardSecret {
    /// 32 hexadecimal digits at random.
    #[schema(pattern = "^[0-9a-f]{32}$")]
    secret: String,
    /// The `client_key` that the report was sent with.
    client_key: String,
}

/// Keeps the digest of a secret. The first one stays; the same again is well.
///
/// # Errors
/// `report-not-found`, `reward-secret-invalid`, `reward-proof-wrong` where the key is another or the report did not come through the page,
/// `reward-secret-late`, `too-many-requests`.
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
    let sent_with = store::client_key(pool, &key.region, key.id.uuid()).await?;
    if sent_with.is_none_or(|sent_with| sent_with != request.client_key.trim()) {
        let detail = "领奖口令只能由上报时用的设备设置；留了电话的，可以凭那个电话领取";
        return Err(Problem::conflict("reward-proof-wrong", detail).into());
    }
    let late = || Problem::conflict("reward-secret-late", "领奖口令只能在上报后立即设置，且只能设置一次");
    let kept_since = made_at(key.id.uuid()).ok_or_else(late)?;
    if now - kept_since > OPEN_FOR || !store::keep_secret(pool, &key.region, key.id.uuid(), &digest, now).await? {
        return Err(late().into());
    }
    Ok(StatusCode::NO_CONTENT)
}

/// When an id was given: it begins with its milliseconds (UUIDv7), and a lead gets its id when it is written.
fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_says_when_it_was_given() {
        let at = DateTime::from_timestamp_millis(1_794_000_000_123).unwrap();
        assert_eq!(made_at(kernel::id::uuid_at(at)), Some(at));
        assert_eq!(made_at(Uuid::nil()), None);
    }
}
