//! Replay a day (重放核对): judge it again as it was judged, and compare. Nothing is written.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store;
use crate::{Findings, Rule, reconcile::reconcile, rights, rule_set::store as rule_sets, scope::require_county, work::episode};

/// Which day of which vehicle.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplayFindings {
    /// The vehicle's number in the tracks.
    vehicle: i64,
    /// In the city.
    day: NaiveDate,
}

/// What a replay says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingReplay {
    /// The rule set of that day.
    rules_version: i32,
    /// Points that could be judged, with the hours before and after.
    points: usize,
    /// Findings that are as they are kept.
    same: usize,
    /// Findings that are kept with other ends or numbers.
    changed: usize,
    /// Rules of what is not kept.
    new: Vec<Rule>,
    /// Rules of what is kept and not found.
    gone: Vec<Rule>,
}

/// Judges a day of a vehicle again under the rules of that day and compares it with what is kept.
///
/// # Errors
/// `vehicle-not-found`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/finding-replays", tag = "findings", operation_id = "replay_vehicle_findings", request_body = ReplayFindings,
    responses((status = 200, body = FindingReplay, description = "What it says now against what is kept")))]
pub(crate) async fn replay(
    State(room): State<Findings>,
    allowed: Allowed<rights::KeepRules>,
    Json(request): Json<ReplayFindings>,
) -> Answer<Json<FindingReplay>> {
    require_county(&allowed.scope(), room.region())?;
    let tracked = room.parts().fleet.tracked(&[request.vehicle]).await?.pop();
    let tracked = tracked.ok_or_else(|| Problem::not_found("vehicle-not-found", "没有这辆车"))?;
    let (version, rules) = rule_sets::in_force(room.pool(), room.region(), request.day).await?;
    let judged = room.judge_day(&tracked, request.day, &rules).await?;
    let mut kept = store::of_day(room.pool(), room.region(), tracked.vehicle, request.day).await?;
    kept.retain(|it| it.state != super::FindingState::Withdrawn.code());
    let beside = store::beside_day(room.pool(), room.region(), tracked.vehicle, request.day).await?;
    let now = room.kept_of(&tracked, request.day, version, &judged, &beside);
    let (before, after): (Vec<_>, Vec<_>) = (kept.iter().map(episode).collect(), now.iter().map(episode).collect());
    let plan = reconcile(&before, &after);
    let same = plan.same.iter().filter(|(before, at)| !kept[*before].contradicted_by(&now[*at])).count();
    Ok(Json(FindingReplay {
        rules_version: version,
        points: judged.fixes.len(),
        same,
        changed: plan.same.len() - same,
        new: plan.new.into_iter().map(|at| after[at].0).collect(),
        gone: plan.gone.into_iter().map(|at| before[at].0).collect(),
    }))
}
