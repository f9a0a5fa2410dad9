//! The weights by which handlers are ranked (办案能手的权重).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::store;
use crate::{Quality, rights};

/// Points for and against; all 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandlerWeights {
    /// For a concluded case.
    pub concluded: u32,
    /// For the average of the reviewed files, in points of a hundred.
    pub reviewed: u32,
    /// Off for a failed file.
    pub failed: u32,
    /// Off for a decision that was overturned.
    pub overturned: u32,
}

impl Default for HandlerWeights {
    /// Provisional: no rule names weights; the district sets its own.
    fn default() -> Self {
        Self { concluded: 1, reviewed: 1, failed: 10, overturned: 20 }
    }
}

/// The weights, and whether the district chose them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualitySettings {
    pub weights: HandlerWeights,
    /// Nobody chose them yet.
    pub provisional: bool,
}

impl Quality {
    pub(super) async fn weights(&self) -> Answer<QualitySettings> {
        let found = store::weights(self.database().pool(), self.home_region()).await?;
        Ok(QualitySettings { provisional: found.is_none(), weights: found.unwrap_or_default() })
    }
}

/// Sets the weights of the district.
///
/// # Errors
/// `weights-invalid`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/quality-settings", tag = "quality", operation_id = "set_quality", request_body = HandlerWeights,
    responses((status = 200, body = QualitySettings)))]
pub(crate) async fn set(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Json(weights): Json<HandlerWeights>,
) -> Answer<Json<QualitySettings>> {
    room.whole_county(&allowed.scope())?;
    if [weights.concluded, weights.reviewed, weights.failed, weights.overturned].iter().any(|it| *it > 100) {
        return Err(Problem::invalid("weights-invalid", "权重应为 0 至 100").field("concluded", "0 至 100").into());
    }
    let (now, person) = (room.clock().now(), allowed.caller.person);
    let mut transaction = room.database().pool().begin().await?;
    let before = store::weights(&mut *transaction, room.home_region()).await?.unwrap_or_default();
    store::keep(&mut *transaction, room.home_region(), &weights, (person.uuid(), now)).await?;
    let change = SettingChange {
        region: room.home_region(),
        action: "quality-settings-changed",
        target: "quality",
        before: json!(before),
        after: json!(weights),
    };
    audit::record(&mut transaction, now, person, change).await?;
    transaction.commit().await?;
    Ok(Json(QualitySettings { weights, provisional: false }))
}
