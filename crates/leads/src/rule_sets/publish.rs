//! Publish the draft as the next rule set, or an earlier set once more (发布、回退派遣规则).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::{PgConnection, types::Json as Column};
use utoipa::ToSchema;

use super::{
    difference::{Difference, differences},
    draft::{RuleDraft, require_draft, whole},
    sets::not_found,
    store::{self, SetRecord},
};
use crate::{
    Leads, rights,
    settings::{self, Rule, require_ground, trace},
};

/// The publishing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishRules {
    /// Why the rules change, at most 200 characters.
    note: String,
}

/// The words with which a set is published.
fn note(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 200 || text.contains('\0') {
        return Err(Problem::invalid("note-invalid", "请写明改动原因，不超过 200 字").field("note", "请写明改动原因，不超过 200 字"));
    }
    Ok(text.to_owned())
}

/// Refuses to change rules of ground that is not the caller's; where nothing changes, those of another county.
fn require_grounds(leads: &Leads, scope: &Scope, found: &[Difference]) -> Result<(), Problem> {
    if !settings::touches_home(leads, scope) {
        require_ground(scope, leads.home_region())?;
    }
    found.iter().flat_map(|it| [&it.before, &it.after]).flatten().try_for_each(|rule| require_ground(scope, rule.ground()))
}

/// Refuses rules that would send leads to a unit that is no more.
async fn require_units(leads: &Leads, rules: &[Rule]) -> Answer<()> {
    let organisations = leads.identity().organisations().await?;
    let gone = rules.iter().find(|rule| organisations.get(rule.unit_id).is_none_or(|unit| !unit.active));
    if let Some(rule) = gone {
        let detail = format!("优先级 {} 的规则派给“{}”，该单位已停用，请先改派", rule.priority, organisations.name(rule.unit_id));
        return Err(Problem::conflict("rule-unit-inactive", detail).into());
    }
    Ok(())
}

async fn enact(leads: &Leads, connection: &mut PgConnection, set: &SetRecord, changes: usize, by: &identity::Caller) -> Answer<()> {
    store::insert_set(connection, leads.home_region(), set).await?;
    let action = if set.restored_from.is_some() { "dispatch-rules-restored" } else { "dispatch-rules-published" };
    let before = json!({ "rule_set": set.number - 1 });
    let after = json!({
        "rule_set": set.number, "rules_count": set.rules.len(), "changes": changes, "note": set.note, "restored_from": set.restored_from,
    });
    trace::leave(leads, connection, by, action, &set.number.to_string(), (before, after)).await?;
    Ok(())
}

/// Publishes the draft: from now on it decides, as the set with the next number.
///
/// # Errors
/// `note-invalid`, `draft-changed`, `draft-unchanged`, `rule-unit-inactive`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-rule-sets", tag = "settings", operation_id = "publish_dispatch_rules",
    request_body = PublishRules, params(("If-Match" = Option<String>, Header, description = "The revision of the draft that was seen")),
    responses((status = 201, body = RuleDraft, description = "The draft, which is in force now")))]
pub(crate) async fn publish(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    IfMatch(seen): IfMatch,
    Json(request): Json<PublishRules>,
) -> Answer<(StatusCode, Json<RuleDraft>)> {
    let note = note(&request.note)?;
    let (region, now) = (leads.home_region(), leads.clock().now());
    let mut transaction = leads.database().pool().begin().await?;
    let revision = store::lock_draft(&mut transaction, region, now).await?;
    let (number, standing) = store::in_force(&mut *transaction, region).await?;
    let rules = settings::store::rules(&mut *transaction, region).await?;
    let found = differences(&standing, &rules);
    require_grounds(&leads, &allowed.scope(), &found)?;
    require_draft(seen, revision, &found)?;
    require_units(&leads, &rules).await?;
    let set = SetRecord {
        number: number + 1,
        rules: Column(rules),
        note,
        restored_from: None,
        published_by: Some(allowed.caller.person.uuid()),
        published_at: now,
    };
    enact(&leads, &mut transaction, &set, found.len(), &allowed.caller).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok((StatusCode::CREATED, Json(whole(&leads).await?)))
}

/// Goes back to an earlier set: its rules are published once more, under the next number. A draft with edits stays as it is.
///
/// # Errors
/// `note-invalid`, `rule-set-not-found`, `rule-set-same`, `rule-unit-inactive`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-rule-sets/{number}/actions/restore", tag = "settings", operation_id = "restore_dispatch_rules",
    params(("number" = i64, Path, description = "The set's number")), request_body = PublishRules,
    responses((status = 200, body = RuleDraft, description = "The draft beside what is in force now")))]
pub(crate) async fn restore(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(number): Path<i64>,
    Json(request): Json<PublishRules>,
) -> Answer<Json<RuleDraft>> {
    let note = note(&request.note)?;
    let (region, now) = (leads.home_region(), leads.clock().now());
    let mut transaction = leads.database().pool().begin().await?;
    store::lock_draft(&mut transaction, region, now).await?;
    let wanted = store::one_set(&mut *transaction, region, number).await?.ok_or_else(not_found)?;
    let (last, standing) = store::in_force(&mut *transaction, region).await?;
    let found = differences(&standing, &wanted.rules);
    require_grounds(&leads, &allowed.scope(), &found)?;
    if found.is_empty() {
        return Err(Problem::conflict("rule-set-same", "这一版与现行规则相同，不必回退").into());
    }
    require_units(&leads, &wanted.rules).await?;
    let draft = settings::store::rules(&mut *transaction, region).await?;
    if differences(&standing, &draft).is_empty() {
        let revision = store::touch(&mut transaction, region, allowed.caller.person, now).await?;
        settings::store::replace_rules(&mut transaction, region, &wanted.rules, revision).await?;
    }
    let by = Some(allowed.caller.person.uuid());
    let set = SetRecord { number: last + 1, rules: wanted.rules, note, restored_from: Some(number), published_by: by, published_at: now };
    enact(&leads, &mut transaction, &set, found.len(), &allowed.caller).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(whole(&leads).await?))
}
