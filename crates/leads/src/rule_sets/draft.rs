//! Show the draft of the dispatch rules (派遣规则草稿), or give it up.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, IfMatch, Json};
use identity::{Allowed, OrganisationTree};
use kernel::problem::Problem;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    difference::{Difference, differences},
    store,
    what_if::{WhatIf, view},
};
use crate::{
    Leads,
    list::row::{NamedId, Names},
    rights,
    settings::{
        self, Rule,
        dispatch_rules::{RuleView, shown},
        require_ground, touches_home, trace,
    },
};

/// A rule that the draft changes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleChange {
    /// The rule in force; none where the draft adds one.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<RuleView>,
    /// The rule of the draft; none where the draft drops one.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<RuleView>,
}

/// The draft beside what is in force.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct RuleDraft {
    /// Grows with every edit; for `If-Match` when publishing or giving up.
    revision: i64,
    /// The number of the set in force; 0 before one was published.
    in_force: i64,
    /// The draft's rules in the order they would be asked.
    items: Vec<RuleView>,
    /// What publishing would change.
    changes: Vec<RuleChange>,
    /// Who edited it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_by: Option<NamedId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<DateTime<Utc>>,
    /// The newest replay, of this draft or of an earlier one.
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIf>,
}

/// The differences with the names of their units.
pub(super) fn show_changes(organisations: &OrganisationTree, found: Vec<Difference>) -> Vec<RuleChange> {
    let shown = |rule: Option<Rule>| rule.map(|rule| shown(organisations, rule));
    found.into_iter().map(|it| RuleChange { before: shown(it.before), after: shown(it.after) }).collect()
}

/// Shows the draft, what it changes, and the newest replay.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/dispatch-draft", tag = "settings", operation_id = "show_dispatch_draft",
    responses((status = 200, body = RuleDraft, description = "The draft")))]
pub(crate) async fn show(State(leads): State<Leads>, allowed: Allowed<rights::Configure>) -> Answer<Json<RuleDraft>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(RuleDraft::default()));
    }
    Ok(Json(whole(&leads).await?))
}

pub(super) async fn whole(leads: &Leads) -> Answer<RuleDraft> {
    let (pool, region) = (leads.database().pool(), leads.home_region());
    let (revision, changed_by, changed_at) = store::draft(pool, region).await?;
    let (in_force, standing) = store::in_force(pool, region).await?;
    let rules = settings::store::rules(pool, region).await?;
    let what_if = store::newest_what_if(pool, region).await?;
    let names = Names::of(leads, changed_by.into_iter().chain(what_if.as_ref().and_then(|found| found.asked_by))).await?;
    Ok(RuleDraft {
        revision,
        in_force,
        changes: show_changes(&names.organisations, differences(&standing, &rules)),
        items: rules.into_iter().map(|rule| shown(&names.organisations, rule)).collect(),
        changed_by: names.person(changed_by),
        changed_at,
        what_if: what_if.map(|record| view(record, &names, (revision, in_force))),
    })
}

/// What one decided on is no longer the draft.
pub(super) fn changed() -> Problem {
    Problem::precondition_failed("draft-changed", "派遣规则草稿刚被别人改过，请刷新核对后再操作")
}

/// Refuses where the draft is not the one that was seen, or changes nothing.
pub(super) fn require_draft(seen: Option<i64>, revision: i64, found: &[Difference]) -> Result<(), Problem> {
    if seen.is_some_and(|seen| seen != revision) {
        return Err(changed());
    }
    if found.is_empty() {
        return Err(Problem::conflict("draft-unchanged", "草稿与现行规则相同，没有改动"));
    }
    Ok(())
}

/// Gives the draft up: its rules are those in force again.
///
/// # Errors
/// `draft-changed`, `draft-unchanged`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-draft/actions/discard", tag = "settings", operation_id = "discard_dispatch_draft",
    params(("If-Match" = Option<String>, Header, description = "The revision that was seen")),
    responses((status = 200, body = RuleDraft, description = "The draft as it then stands")))]
pub(crate) async fn discard(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    IfMatch(seen): IfMatch,
) -> Answer<Json<RuleDraft>> {
    require_ground(&allowed.scope(), leads.home_region())?;
    let (region, now) = (leads.home_region(), leads.clock().now());
    let mut transaction = leads.database().pool().begin().await?;
    let revision = store::lock_draft(&mut transaction, region, now).await?;
    let (number, standing) = store::in_force(&mut *transaction, region).await?;
    let rules = settings::store::rules(&mut *transaction, region).await?;
    let found = differences(&standing, &rules);
    require_draft(seen, revision, &found)?;
    let revision = store::touch(&mut transaction, region, allowed.caller.person, now).await?;
    settings::store::replace_rules(&mut transaction, region, &standing, revision).await?;
    let sides = (json!({ "changes": found.len(), "rule_set": number }), Value::Null);
    trace::leave(&leads, &mut transaction, &allowed.caller, "dispatch-draft-discarded", region, sides).await?;
    transaction.commit().await?;
    Ok(Json(whole(&leads).await?))
}
