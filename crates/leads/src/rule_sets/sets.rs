//! List the published rule sets, or show one with what it changed (派遣规则历史版本).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    difference::differences,
    draft::{RuleChange, show_changes},
    store,
};
use crate::{
    Leads,
    list::row::{NamedId, Names},
    rights,
    settings::{
        dispatch_rules::{RuleView, shown},
        touches_home,
    },
};

/// A published set in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleSet {
    /// Counted from 1 in each district.
    number: i64,
    /// How many rules it has.
    rules: i64,
    /// Why it was published.
    note: String,
    /// The earlier set whose rules it takes up again.
    #[serde(skip_serializing_if = "Option::is_none")]
    restored_from: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_by: Option<NamedId>,
    published_at: DateTime<Utc>,
}

/// The published sets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleSets {
    /// The newest hundred, the newest first: the first is in force.
    items: Vec<RuleSet>,
}

/// A published set with its rules.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleSetWhole {
    #[serde(flatten)]
    set: RuleSet,
    /// In the order they are asked.
    items: Vec<RuleView>,
    /// What it changed of the set before it.
    changes: Vec<RuleChange>,
}

pub(super) fn not_found() -> Problem {
    Problem::not_found("rule-set-not-found", "没有这一版派遣规则")
}

/// Lists the published rule sets.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/dispatch-rule-sets", tag = "settings", operation_id = "list_dispatch_rule_sets",
    responses((status = 200, body = RuleSets, description = "The sets")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<RuleSets>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(RuleSets { items: Vec::new() }));
    }
    let sets = store::sets(leads.database().pool(), leads.home_region()).await?;
    let names = Names::of(&leads, sets.iter().filter_map(|set| set.published_by)).await?;
    let items = sets.into_iter().map(|set| RuleSet {
        number: set.number,
        rules: i64::from(set.rules),
        note: set.note,
        restored_from: set.restored_from,
        published_by: names.person(set.published_by),
        published_at: set.published_at,
    });
    Ok(Json(RuleSets { items: items.collect() }))
}

/// Shows one published rule set.
///
/// # Errors
/// `rule-set-not-found`.
#[utoipa::path(get, path = "/api/v1/dispatch-rule-sets/{number}", tag = "settings", operation_id = "show_dispatch_rule_set",
    params(("number" = i64, Path, description = "The set's number")), responses((status = 200, body = RuleSetWhole, description = "The set")))]
pub(crate) async fn show(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Path(number): Path<i64>,
) -> Answer<Json<RuleSetWhole>> {
    let (pool, region) = (leads.database().pool(), leads.home_region());
    if !touches_home(&leads, &allowed.scope()) {
        return Err(not_found().into());
    }
    let set = store::one_set(pool, region, number).await?.ok_or_else(not_found)?;
    let before = store::one_set(pool, region, number - 1).await?.map(|set| set.rules.0).unwrap_or_default();
    let names = Names::of(&leads, set.published_by).await?;
    Ok(Json(RuleSetWhole {
        changes: show_changes(&names.organisations, differences(&before, &set.rules)),
        set: RuleSet {
            number,
            rules: i64::try_from(set.rules.len()).unwrap_or(i64::MAX),
            note: set.note,
            restored_from: set.restored_from,
            published_by: names.person(set.published_by),
            published_at: set.published_at,
        },
        items: set.rules.0.into_iter().map(|rule| shown(&names.organisations, rule)).collect(),
    }))
}
