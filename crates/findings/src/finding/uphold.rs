//! Uphold a finding: it becomes a lead (核实成立).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, Scope};
use kernel::{personal::redact, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    FindingState, not_found,
    store::{self, Verdict},
    view::{VehicleFinding, rule_of},
};
use crate::{Findings, rights};

/// A reason is at most so long, in characters.
const LONGEST_REASON: usize = 500;

/// The verdict.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpholdFinding {
    /// What was looked at, and why it is so.
    reason: String,
    /// The class of the lead, where it is another than the rule's.
    class_code: Option<String>,
}

/// Upholds a finding and files its lead. When the lead cannot be filed at once, it is in a moment.
///
/// # Errors
/// `finding-not-found`, `finding-judged`, `field-required`, `class-unknown`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/findings/{id}/actions/uphold", tag = "findings", operation_id = "uphold_vehicle_finding",
    request_body = UpholdFinding, params(("id" = Uuid, Path, description = "The finding"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = VehicleFinding, description = "The finding as it then stands")))]
pub(crate) async fn uphold(
    State(room): State<Findings>,
    allowed: Allowed<rights::JudgeFindings>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<UpholdFinding>,
) -> Answer<Json<VehicleFinding>> {
    let reason = reason(&request.reason)?;
    let kept = store::one(room.pool(), room.region(), &allowed.scope(), id).await?.ok_or_else(not_found)?;
    let class_code = match request.class_code.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => {
            let unknown = || Problem::invalid("class-unknown", "分类目录中没有这个类别").field("class_code", "没有这个类别");
            Some(room.parts().catalogue.class(code).ok_or_else(unknown)?.code.clone())
        }
        // The standard has no class for it: the program does not choose one for whoever upholds.
        None if rule_of(&kept).class_code().is_none() => {
            return Err(Problem::invalid("field-required", "这种情形没有对应的类别，请选择线索的类别")
                .field("class_code", "请选择类别")
                .into());
        }
        None => None,
    };
    let verdict =
        Verdict { state: FindingState::Upheld, by: allowed.caller.person.uuid(), reason: Some(&reason), class_code: class_code.as_deref() };
    room.judge(&allowed.scope(), id, seen, &verdict).await?;
    if let Some(kept) = store::one(room.pool(), room.region(), &allowed.scope(), id).await? {
        // The verdict stands; where the lead cannot be filed now, the worker files it.
        room.file(&kept).await?;
    }
    room.judged(&allowed.scope(), id).await
}

/// Why, in words.
///
/// # Errors
/// `field-required`.
pub(super) fn reason(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if !(1..=LONGEST_REASON).contains(&text.chars().count()) || text.contains('\0') {
        return Err(Problem::invalid("field-required", "请写明核实意见，最多 500 字").field("reason", "核实意见应为 1 至 500 字"));
    }
    Ok(redact(text).into_owned())
}

impl Findings {
    /// Writes what a person said of a finding that waits for it.
    pub(super) async fn judge(&self, scope: &Scope, id: Uuid, seen: Option<i64>, verdict: &Verdict<'_>) -> Answer<()> {
        let mut transaction = self.pool().begin().await?;
        let kept = store::lock(&mut transaction, self.region(), scope, id).await?.ok_or_else(not_found)?;
        if seen.is_some_and(|seen| seen != kept.version) {
            let told = if kept.open {
                "这条发现还在持续，刚有新的轨迹，请看过后再核实"
            } else {
                "这条发现刚有变化，请刷新后再核实"
            };
            return Err(Problem::precondition_failed("version-conflict", told).into());
        }
        if kept.state != FindingState::Waiting.code() {
            let label = kept.state.parse::<FindingState>().map_or("", FindingState::label);
            return Err(Problem::conflict("finding-judged", format!("这条发现现在是“{label}”，不能再核实")).into());
        }
        store::judge(&mut transaction, self.region(), id, self.now(), verdict).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The finding after it was judged.
    pub(super) async fn judged(&self, scope: &Scope, id: Uuid) -> Answer<Json<VehicleFinding>> {
        let kept = store::one(self.pool(), self.region(), scope, id).await?.ok_or_else(not_found)?;
        Ok(Json(self.show(vec![kept]).await?.pop().ok_or_else(not_found)?))
    }
}
