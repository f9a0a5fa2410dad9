//! Draft a rule set (起草车辆规则).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{RuleSet, list::FindingRules, store};
use crate::{Findings, rights, scope::require_county};

/// A note is at most so long, in characters.
const LONGEST_NOTE: usize = 200;

/// The draft as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindingRuleDraft {
    rules: RuleSet,
    /// What changes and why.
    note: String,
}

/// Writes the draft; nothing is judged by it before it is published.
///
/// # Errors
/// `finding-rules-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/finding-rules/draft", tag = "findings", operation_id = "draft_finding_rules", request_body = FindingRuleDraft,
    params(("If-Match" = Option<String>, Header, description = "The revision of the draft that was seen")),
    responses((status = 200, body = FindingRules, description = "The rules as they then stand")))]
pub(crate) async fn draft(
    State(room): State<Findings>,
    allowed: Allowed<rights::KeepRules>,
    IfMatch(seen): IfMatch,
    Json(input): Json<FindingRuleDraft>,
) -> Answer<Json<FindingRules>> {
    require_county(&allowed.scope(), room.region())?;
    input.rules.check()?;
    let note = input.note.trim();
    if !(1..=LONGEST_NOTE).contains(&note.chars().count()) || note.contains('\0') {
        return Err(Problem::invalid("finding-rules-invalid", "请写明改动原因，最多 200 字").field("note", "应为 1 至 200 字").into());
    }
    let mut transaction = room.pool().begin().await?;
    let before = store::draft(&mut *transaction, room.region()).await?;
    if seen.is_some_and(|seen| seen != before.as_ref().map_or(0, |draft| draft.revision)) {
        return Err(Problem::precondition_failed("version-conflict", "草稿刚被别人改过，请刷新后再改").into());
    }
    let by = allowed.caller.person.uuid();
    store::save(&mut transaction, room.region(), &input.rules, note, (by, room.now())).await?;
    let change = SettingChange {
        region: room.region(),
        action: "finding-rules-drafted",
        target: "draft",
        before: before.map_or(serde_json::Value::Null, |it| json!(it.rules.0)),
        after: json!(input.rules),
    };
    audit::record(&mut transaction, room.now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    Ok(Json(room.rules().await?))
}
