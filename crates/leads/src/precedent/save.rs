//! Record a precedent (登记判例), and correct one.

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MOST, Precedent,
    list::{PrecedentView, show},
    store,
};
use crate::{
    Leads, rights,
    settings::{require_ground, trace},
};

/// Classes of one precedent at most.
const MOST_CLASSES: usize = 50;

/// A precedent as it is written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrecedentInput {
    /// The unit that such things belong to.
    unit_id: Uuid,
    /// The first digits of the classes, one to fifty of them.
    class_prefixes: Vec<String>,
    /// The first digits of the grid; empty for the whole district.
    #[serde(default)]
    region_prefix: String,
    /// What was settled, and why; dispatch cites it.
    reason: String,
    /// Who decided: a meeting, an office, a letter's number; no names.
    decided_by: String,
    /// When it was decided.
    decided_on: NaiveDate,
}

async fn parse(leads: &Leads, standing: Precedent, input: PrecedentInput) -> Answer<Precedent> {
    let mut problem = Problem::invalid("precedent-invalid", "判例填写有误");
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut class_prefixes: Vec<String> = input.class_prefixes.iter().map(|prefix| prefix.trim().to_owned()).collect();
    class_prefixes.sort_unstable();
    class_prefixes.dedup();
    let classes_fit = class_prefixes.iter().all(|prefix| prefix.len() >= 2 && digits(prefix, 5));
    if class_prefixes.is_empty() || class_prefixes.len() > MOST_CLASSES || !classes_fit {
        problem = problem.field("class_prefixes", "应为 1 至 50 个类别编码或其开头两位以上");
    }
    let home = leads.home_region();
    if !digits(&input.region_prefix, 15) || !(input.region_prefix.is_empty() || input.region_prefix.starts_with(home)) {
        problem = problem.field("region_prefix", "应为本区的区域编码或其开头几位");
    }
    if leads.identity().organisations().await?.get(input.unit_id).is_none_or(|unit| !unit.active) {
        problem = problem.field("unit_id", "没有这个处置单位，或它已停用");
    }
    if input.decided_on > leads.clock().now().with_timezone(&shanghai()).date_naive() {
        problem = problem.field("decided_on", "不能晚于今天");
    }
    if !problem.fields.is_empty() {
        return Err(problem.into());
    }
    Ok(Precedent {
        unit_id: input.unit_id,
        class_prefixes,
        region_prefix: input.region_prefix,
        reason: crate::act::required("reason", "裁定内容", &input.reason)?,
        decided_by: crate::act::required("decided_by", "裁定单位", &input.decided_by)?,
        decided_on: input.decided_on,
        ..standing
    })
}

/// Records a precedent; it decides from now on.
///
/// # Errors
/// `precedent-invalid` with the faulty fields, `precedents-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/precedents", tag = "settings", operation_id = "record_precedent", request_body = PrecedentInput,
    responses((status = 201, body = PrecedentView, description = "The precedent")))]
pub(crate) async fn record(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(input): Json<PrecedentInput>,
) -> Answer<(StatusCode, Json<PrecedentView>)> {
    let now = leads.clock().now();
    let blank = Precedent {
        region: leads.home_region().to_owned(),
        id: kernel::id::uuid_at(now),
        number: 0,
        unit_id: input.unit_id,
        class_prefixes: Vec::new(),
        region_prefix: String::new(),
        reason: String::new(),
        decided_by: String::new(),
        decided_on: input.decided_on,
        active: true,
        withdrawn_for: None,
        used: 0,
        used_at: None,
        recorded_by: Some(allowed.caller.person.uuid()),
        recorded_at: now,
        version: 1,
    };
    let mut wanted = parse(&leads, blank, input).await?;
    require_ground(&allowed.scope(), wanted.ground())?;
    let mut transaction = leads.database().pool().begin().await?;
    let (number, active) = store::next_number(&mut transaction, leads.home_region()).await?;
    if active >= MOST {
        return Err(Problem::conflict("precedents-too-many", format!("判例最多 {MOST} 条，请先撤销不再适用的")).into());
    }
    wanted.number = number;
    store::insert(&mut transaction, &wanted).await?;
    let sides = (Value::Null, wanted.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "precedent-recorded", &wanted.id.to_string(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok((StatusCode::CREATED, Json(show(&leads, wanted).await?)))
}

/// Corrects a precedent that is in force; leads that cite it keep the words that they were given.
///
/// # Errors
/// `precedent-not-found`, `precedent-changed`, `precedent-withdrawn`, `precedent-invalid`, `scope-exceeded`.
#[utoipa::path(patch, path = "/api/v1/precedents/{id}", tag = "settings", operation_id = "change_precedent", request_body = PrecedentInput,
    params(("id" = Uuid, Path, description = "The precedent")), responses((status = 200, body = PrecedentView, description = "The precedent")))]
pub(crate) async fn change(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(input): Json<PrecedentInput>,
) -> Answer<Json<PrecedentView>> {
    let mut transaction = leads.database().pool().begin().await?;
    let old = standing(&leads, &mut transaction, id, seen).await?;
    let new = parse(&leads, old.clone(), input).await?;
    require_ground(&allowed.scope(), old.ground())?;
    require_ground(&allowed.scope(), new.ground())?;
    store::update(&mut transaction, &new).await?;
    let sides = (old.traced(), new.traced());
    trace::leave(&leads, &mut transaction, &allowed.caller, "precedent-changed", &id.to_string(), sides).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok(Json(show(&leads, Precedent { version: new.version + 1, ..new }).await?))
}

/// A precedent in force as it was seen, locked.
pub(super) async fn standing(leads: &Leads, connection: &mut sqlx::PgConnection, id: Uuid, seen: Option<i64>) -> Answer<Precedent> {
    let gone = || Problem::not_found("precedent-not-found", "没有这条判例");
    let one = store::lock(connection, leads.home_region(), id).await?.ok_or_else(gone)?;
    if seen.is_some_and(|seen| seen != one.version) {
        return Err(Problem::precondition_failed("precedent-changed", "这条判例已被他人修改，请刷新").into());
    }
    if !one.active {
        return Err(Problem::conflict("precedent-withdrawn", "这条判例已撤销，不能再改；需要时请另行登记").into());
    }
    Ok(one)
}
