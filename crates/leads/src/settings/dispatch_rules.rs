//! Keep the dispatch rules of the draft (派遣规则草稿), and show those in force.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, OrganisationTree};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Rule, require_ground, store, touches_home, trace};
use crate::{Leads, rights, rule_sets};

/// A rule as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleInput {
    /// The lower, the earlier it is asked.
    #[schema(minimum = 0, maximum = 10000)]
    priority: i32,
    /// The first digits of the class; empty for all.
    #[serde(default)]
    class_prefix: String,
    /// The first digits of the grid; empty for the whole district.
    #[serde(default)]
    region_prefix: String,
    /// 1 Monday to 7 Sunday; absent for every day.
    weekdays: Option<Vec<i16>>,
    /// From this hour.
    #[schema(minimum = 0, maximum = 23)]
    from_hour: Option<i16>,
    /// To this hour.
    #[schema(minimum = 1, maximum = 24)]
    to_hour: Option<i16>,
    /// Only while the unit is on duty.
    #[serde(default)]
    on_duty: bool,
    /// The unit.
    unit_id: Uuid,
    /// A note.
    #[serde(default)]
    note: String,
}

/// A rule as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RuleView {
    id: Uuid,
    priority: i32,
    class_prefix: String,
    region_prefix: String,
    weekdays: Option<Vec<i16>>,
    from_hour: Option<i16>,
    to_hour: Option<i16>,
    on_duty: bool,
    unit_id: Uuid,
    unit_name: String,
    note: String,
    version: i64,
}

/// The rules in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rules {
    /// In the order they are asked.
    items: Vec<RuleView>,
    /// The number of their set; 0 before one was published.
    rule_set: i64,
}

impl Rule {
    /// The ground it disposes of: the district's, unless it says less.
    pub(crate) fn ground(&self) -> &str {
        if self.region_prefix.is_empty() { &self.region } else { &self.region_prefix }
    }
}

async fn parse(leads: &Leads, id: Uuid, input: RuleInput) -> Answer<Rule> {
    let mut problem = Problem::invalid("rule-invalid", "派遣规则填写有误");
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !(0..=10_000).contains(&input.priority) {
        problem = problem.field("priority", "应为 0 至 10000");
    }
    if !digits(&input.class_prefix, 17) {
        problem = problem.field("class_prefix", "应为类别编码或其开头几位");
    }
    if !digits(&input.region_prefix, 15) || !(input.region_prefix.is_empty() || input.region_prefix.starts_with(leads.home_region())) {
        problem = problem.field("region_prefix", "应为本区的区域编码或其开头几位");
    }
    if input.weekdays.as_ref().is_some_and(|days| days.len() > 7 || days.iter().any(|day| !(1..=7).contains(day))) {
        problem = problem.field("weekdays", "应为 1（周一）至 7（周日）");
    }
    if input.from_hour.is_some() != input.to_hour.is_some()
        || input.from_hour.is_some_and(|hour| !(0..=23).contains(&hour))
        || input.to_hour.is_some_and(|hour| !(1..=24).contains(&hour))
    {
        problem = problem.field("from_hour", "起止时间应同时填写，0 至 23 时起、1 至 24 时止");
    }
    if input.note.chars().count() > 200 || input.note.contains('\0') {
        problem = problem.field("note", "不能超过 200 字");
    }
    if leads.identity().organisations().await?.get(input.unit_id).is_none_or(|unit| !unit.active) {
        problem = problem.field("unit_id", "没有这个处置单位，或它已停用");
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    Ok(Rule {
        id,
        region: leads.home_region().to_owned(),
        priority: input.priority,
        class_prefix: input.class_prefix,
        region_prefix: input.region_prefix,
        weekdays: input.weekdays,
        from_hour: input.from_hour,
        to_hour: input.to_hour,
        on_duty: input.on_duty,
        unit_id: input.unit_id,
        note: input.note,
        version: 1,
    })
}

/// A rule with the name of its unit.
pub(crate) fn shown(organisations: &OrganisationTree, rule: Rule) -> RuleView {
    RuleView {
        id: rule.id,
        priority: rule.priority,
        class_prefix: rule.class_prefix,
        region_prefix: rule.region_prefix,
        weekdays: rule.weekdays,
        from_hour: rule.from_hour,
        to_hour: rule.to_hour,
        on_duty: rule.on_duty,
        unit_name: organisations.name(rule.unit_id).to_owned(),
        unit_id: rule.unit_id,
        note: rule.note,
        version: rule.version,
    }
}

async fn show(leads: &Leads, rule: Rule) -> Answer<RuleView> {
    Ok(shown(leads.identity().organisations().await?.as_ref(), rule))
}

/// Lists the rules in force: those of the set that was published last.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/dispatch-rules", tag = "settings", responses((status = 200, body = Rules, description = "The rules")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<Rules>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(Rules { items: Vec::new(), rule_set: 0 }));
    }
    let (rule_set, rules) = rule_sets::store::in_force(leads.database().pool(), leads.home_region()).await?;
    let organisations = leads.identity().organisations().await?;
    Ok(Json(Rules { items: rules.into_iter().map(|rule| shown(&organisations, rule)).collect(), rule_set }))
}

/// Adds a rule to the draft; it decides nothing before the draft is published.
///
/// # Errors
/// `rule-invalid` with the faulty fields, `rules-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/dispatch-rules", tag = "settings", request_body = RuleInput,
    responses((status = 201, body = RuleView, description = "The rule")))]
pub(crate) async fn add(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(input): Json<RuleInput>,
) -> Answer<(StatusCode, Json<RuleView>)> {
    let rule = parse(&leads, kernel::id::uuid_at(leads.clock().now()), input).await?;
    require_ground(&allowed.scope(), rule.ground())?;
    let mut transaction = leads.database().pool().begin().await?;
    rule_sets::store::touch(&mut transaction, leads.home_region(), allowed.caller.person, leads.clock().now()).await?;
    if store::count_rules(&mut transaction, leads.home_region()).await? >= store::MOST {
        return Err(Problem::conflict("rules-too-many", format!("派遣规则最多 {} 条，请先删去不用的", store::MOST)).into());
    }
    store::insert_rule(&mut transaction, &rule).await?;
    let sides = (Value::Null, rule.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "dispatch-rule-added", &rule.id.to_string(), sides).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(show(&leads, rule).await?)))
}

/// Replaces a rule of the draft.
///
/// # Errors
/// `rule-invalid`, `scope-exceeded`, `rule-changed` when it is gone or somebody changed it meanwhile.
#[utoipa::path(patch, path = "/api/v1/dispatch-rules/{id}", tag = "settings", params(("id" = Uuid, Path, description = "The rule")),
    request_body = RuleInput, responses((status = 200, body = RuleView, description = "The rule")))]
pub(crate) async fn change(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(input): Json<RuleInput>,
) -> Answer<Json<RuleView>> {
    let rule = parse(&leads, id, input).await?;
    let changed = || Problem::precondition_failed("rule-changed", "该规则已被他人修改或删除，请刷新");
    let mut transaction = leads.database().pool().begin().await?;
    rule_sets::store::touch(&mut transaction, leads.home_region(), allowed.caller.person, leads.clock().now()).await?;
    let old = store::lock_rule(&mut transaction, leads.home_region(), id).await?.ok_or_else(changed)?;
    require_ground(&allowed.scope(), old.ground())?;
    require_ground(&allowed.scope(), rule.ground())?;
    if !store::update_rule(&mut transaction, &rule, seen).await? {
        return Err(changed().into());
    }
    let sides = (old.traced(), rule.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "dispatch-rule-changed", &id.to_string(), sides).await?;
    transaction.commit().await?;
    let rules = store::rules(leads.database().pool(), leads.home_region()).await?;
    let rule = rules.into_iter().find(|known| known.id == id).unwrap_or(rule);
    Ok(Json(show(&leads, rule).await?))
}

/// Removes a rule from the draft.
///
/// # Errors
/// `rule-not-found`, `scope-exceeded`.
#[utoipa::path(delete, path = "/api/v1/dispatch-rules/{id}", tag = "settings", params(("id" = Uuid, Path, description = "The rule")),
    responses((status = 204, description = "Removed")))]
pub(crate) async fn remove(State(leads): State<Leads>, allowed: Allowed<rights::Configure>, Path(id): Path<Uuid>) -> Answer<StatusCode> {
    let mut transaction = leads.database().pool().begin().await?;
    rule_sets::store::touch(&mut transaction, leads.home_region(), allowed.caller.person, leads.clock().now()).await?;
    let gone = store::delete_rule(&mut transaction, leads.home_region(), id).await?;
    let gone = gone.ok_or_else(|| Problem::not_found("rule-not-found", "没有这条规则"))?;
    require_ground(&allowed.scope(), gone.ground())?;
    let sides = (gone.traced(), Value::Null);
    trace::leave(&leads, &mut transaction, &allowed.caller, "dispatch-rule-removed", &id.to_string(), sides).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
