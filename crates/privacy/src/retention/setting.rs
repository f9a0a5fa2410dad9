//! Read and change the periods (保存期限设置).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Retained,
    kind::{self, Days},
    store,
};
use crate::{Privacy, rights};

/// A kind of data with its period.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionKind {
    code: Retained,
    label: &'static str,
    /// Days until it is dropped; nothing: it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    /// The shortest period, in days.
    shortest: u32,
    /// The longest period, in days.
    longest: u32,
    /// What the shortest rests on.
    basis: &'static str,
}

/// The periods.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RetentionSettings {
    items: Vec<RetentionKind>,
    /// For `If-Match`; 0 as long as nothing was set.
    version: i64,
}

/// A period as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetentionDays {
    code: Retained,
    /// Days, or nothing to keep it.
    days: Option<u32>,
}

/// The periods as they are to be. A kind that is not named is kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetentionWanted {
    items: Vec<RetentionDays>,
}

fn shown(version: i64, days: &Days) -> RetentionSettings {
    let items = Retained::ALL.iter().copied().map(|kind| RetentionKind {
        code: kind,
        label: kind.label(),
        days: days.get(&kind).copied(),
        shortest: kind.shortest(),
        longest: kind.longest(),
        basis: kind.basis(),
    });
    RetentionSettings { items: items.collect(), version }
}

/// Reads the periods.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/retention-settings", tag = "privacy", operation_id = "read_retention",
    responses((status = 200, body = RetentionSettings, description = "The periods")))]
pub(crate) async fn read(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<RetentionSettings>> {
    room.require_ground(&allowed.scope())?;
    let (version, days) = store::setting(room.database().pool(), room.home_region()).await?;
    Ok(Json(shown(version, &days)))
}

/// Changes the periods. They hold from the next run on.
///
/// # Errors
/// `retention-too-short`, `retention-too-long`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/retention-settings", tag = "privacy", operation_id = "save_retention", request_body = RetentionWanted,
    params(("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = RetentionSettings, description = "The periods")))]
pub(crate) async fn save(
    State(room): State<Privacy>,
    allowed: Allowed<rights::KeepNotices>,
    IfMatch(seen): IfMatch,
    Json(wanted): Json<RetentionWanted>,
) -> Answer<Json<RetentionSettings>> {
    room.require_ground(&allowed.scope())?;
    let days: Days = wanted.items.into_iter().filter_map(|item| Some((item.code, item.days?))).collect();
    kind::check(&days)?;
    let region = room.home_region();
    let mut transaction = room.database().pool().begin().await?;
    let (version, before) = store::setting(&mut *transaction, region).await?;
    if seen.is_some_and(|seen| seen != version) || !store::save_setting(&mut transaction, region, version + 1, &days).await? {
        return Err(Problem::precondition_failed("version-conflict", "保存期限刚被别人改过，请刷新后再改").into());
    }
    let traced =
        |days: &Days| json!({ "retention": days.iter().map(|(kind, days)| format!("{} {days} 天", kind.label())).collect::<Vec<_>>() });
    let change =
        SettingChange { region, action: "retention-settings-changed", target: region, before: traced(&before), after: traced(&days) };
    audit::record(&mut transaction, room.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(shown(version + 1, &days)))
}
