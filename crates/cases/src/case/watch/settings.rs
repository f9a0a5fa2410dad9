//! From when on fines are told of (裁量监测的阈值).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::FromRow;
use utoipa::ToSchema;

use super::store;
use crate::{Cases, rights};

/// The limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, FromRow)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiscretionWatchLimits {
    /// So many decided cases of a matter and unit at least, 3 to 1000.
    pub least_cases: i32,
    /// Share of fines at the maximum from which on it is told of, in per cent.
    pub maximum_percent: i32,
    /// Share of the most frequent fine from which on it is told of where the cases are unlike, in per cent.
    pub uniform_percent: i32,
}

impl Default for DiscretionWatchLimits {
    /// Provisional: no law names such limits; the district sets its own.
    fn default() -> Self {
        Self { least_cases: 5, maximum_percent: 50, uniform_percent: 80 }
    }
}

/// The limits, and whether the district chose them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiscretionWatchSettings {
    limits: DiscretionWatchLimits,
    /// Nobody chose them yet.
    provisional: bool,
}

impl Cases {
    /// The limits in force, and whether they are the program's own.
    pub(super) async fn watch_limits(&self) -> Answer<(DiscretionWatchLimits, bool)> {
        let found = store::limits(self.database().pool(), self.home_region()).await?;
        let provisional = found.is_none();
        Ok((found.unwrap_or_default(), provisional))
    }
}

/// Reads the limits.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/discretion-watch-settings", tag = "cases", operation_id = "read_discretion_watch_settings",
    responses((status = 200, body = DiscretionWatchSettings)))]
pub(crate) async fn read(State(room): State<Cases>, _allowed: Allowed<rights::SeeCases>) -> Answer<Json<DiscretionWatchSettings>> {
    let (limits, provisional) = room.watch_limits().await?;
    Ok(Json(DiscretionWatchSettings { limits, provisional }))
}

/// Sets the limits of the district.
///
/// # Errors
/// `limits-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/discretion-watch-settings", tag = "cases", operation_id = "set_discretion_watch",
    request_body = DiscretionWatchLimits, responses((status = 200, body = DiscretionWatchSettings)))]
pub(crate) async fn set(
    State(room): State<Cases>,
    allowed: Allowed<rights::WatchDiscretion>,
    Json(limits): Json<DiscretionWatchLimits>,
) -> Answer<Json<DiscretionWatchSettings>> {
    if !allowed.scope().covers_region(room.home_region()) {
        return Err(Problem::forbidden("scope-exceeded", "裁量监测的阈值由区县级管理员统一设置").into());
    }
    let percent = |value: i32| (1..=100).contains(&value);
    if !(3..=1_000).contains(&limits.least_cases) || !percent(limits.maximum_percent) || !percent(limits.uniform_percent) {
        let detail = "案件数应为 3 至 1000，份额应为 1 至 100";
        return Err(Problem::invalid("limits-invalid", detail).field("least_cases", detail).into());
    }
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let before = store::limits(&mut *transaction, room.home_region()).await?.unwrap_or_default();
    store::keep(&mut *transaction, room.home_region(), &limits, (allowed.caller.person.uuid(), now)).await?;
    let change = SettingChange {
        region: room.home_region(),
        action: "discretion-watch-changed",
        target: "discretion-watch",
        before: json!(before),
        after: json!(limits),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(DiscretionWatchSettings { limits, provisional: false }))
}
