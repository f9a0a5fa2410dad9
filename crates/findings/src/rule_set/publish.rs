//! Publish the draft (发布车辆规则).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::json;

use super::{list::FindingRules, store};
use crate::{Findings, rights, scope::require_county};

/// Publishes the draft. It holds from the next day on: no day is judged by two rule sets, and what was found stays as it was.
///
/// # Errors
/// `finding-rules-no-draft`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/finding-rules/actions/publish", tag = "findings", operation_id = "publish_finding_rules",
    params(("If-Match" = Option<String>, Header, description = "The revision of the draft that was seen")),
    responses((status = 200, body = FindingRules, description = "The rules as they then stand")))]
pub(crate) async fn publish(
    State(room): State<Findings>,
    allowed: Allowed<rights::KeepRules>,
    IfMatch(seen): IfMatch,
) -> Answer<Json<FindingRules>> {
    require_county(&allowed.scope(), room.region())?;
    let mut transaction = room.pool().begin().await?;
    let draft = store::draft(&mut *transaction, room.region()).await?;
    let draft = draft.ok_or_else(|| Problem::conflict("finding-rules-no-draft", "没有草稿可以发布，请先起草"))?;
    if seen.is_some_and(|seen| seen != draft.revision) {
        return Err(Problem::precondition_failed("version-conflict", "草稿刚被别人改过，请刷新后再发布").into());
    }
    let tomorrow = room.today().succ_opt().unwrap_or_else(|| room.today());
    let (version, before) = store::in_force(room.pool(), room.region(), room.today()).await?;
    store::publish(&mut transaction, room.region(), (allowed.caller.person.uuid(), room.now()), tomorrow).await?;
    let change = SettingChange {
        region: room.region(),
        action: "finding-rules-published",
        target: &draft.version.to_string(),
        before: json!({ "version": version, "rules": before }),
        after: json!({ "version": draft.version, "rules": draft.rules.0, "in_force_on": tomorrow }),
    };
    audit::record(&mut transaction, room.now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(room.rules().await?))
}
