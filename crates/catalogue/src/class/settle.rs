//! Settling a class's limit.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{
    deadline::service::{ServiceLimit, ServiceUnit},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Class, ClassKind, store};
use crate::{
    handle::{Catalogue, changed_for},
    rights::ManageCatalogue,
};

/// A limit to settle.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewLimit {
    /// The conditions under which it holds; empty means always.
    #[serde(default)]
    conditions: Vec<String>,
    /// How many units.
    value: f64,
    /// `urgent_hour`, `working_hour`, `working_day` or `urgent_day`.
    unit: String,
}

/// A limit as the history of settings keeps it.
fn traced(conditions: &[String], value: f64, unit: ServiceUnit) -> Value {
    json!({ "conditions": conditions, "value": value, "unit": unit.code() })
}

/// 为事项确定处置时限；确定后不再使用缺省时限。
#[utoipa::path(post, path = "/api/v1/classes/{code}/limits", tag = "catalogue", request_body = NewLimit,
    params(("code" = String, Path, description = "Five digits")),
    responses((status = 201, body = Class)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn settle(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Path(code): Path<String>,
    Json(new): Json<NewLimit>,
) -> Answer<impl IntoResponse> {
    let scope = allowed.scope();
    catalogue.require_whole_county(&scope)?;
    let class = catalogue.class(&code).ok_or_else(|| Problem::not_found("class-unknown", "现行标准中没有这个事项代码"))?;
    let mut problem = Problem::invalid("limit-invalid", "时限不符合要求");
    let unit: Option<ServiceUnit> = new.unit.parse().ok();
    let limit = unit.and_then(|unit| ServiceLimit::new(new.value, unit).ok());
    if unit.is_none() {
        problem = problem.field("unit", "单位应为 urgent_hour、working_hour、working_day 或 urgent_day");
    } else if limit.is_none() {
        problem = problem.field("value", "时限应大于 0、不超过十年，且折合整分钟");
    }
    let conditions: Vec<String> = new.conditions.iter().map(|c| c.trim().to_owned()).collect();
    if conditions.len() > 10 || conditions.iter().any(|c| c.is_empty() || c.chars().count() > 30) {
        problem = problem.field("conditions", "最多 10 个条件，每个 1 至 30 个字");
    }
    let Some(limit) = limit.filter(|_| problem.fields.is_empty()) else { return Err(problem.into()) };
    let now = catalogue.now();
    let row = store::LimitRow {
        id: kernel::id::uuid_at(now),
        catalogue_id: catalogue.class_version(),
        kind: ClassKind::Matter.code().to_owned(),
        code: class.code.clone(),
        conditions,
        minutes: limit.minutes().cast_signed(),
        unit: limit.unit().code().to_owned(),
    };
    let by: Uuid = allowed.caller.person.uuid();
    let mut transaction = catalogue.pool().begin().await?;
    if !store::add_limit(&mut transaction, &row, "local", now, Some(by)).await? {
        return Err(Problem::conflict("limit-exists", "该事项在同样条件下已有相同时限").into());
    }
    let known = class.limits.iter().filter(|limit| !limit.provisional);
    let known: Vec<Value> = known.map(|known| traced(&known.conditions, known.value, known.unit)).collect();
    let after = [known.clone(), vec![traced(&row.conditions, new.value, limit.unit())]].concat();
    let change = SettingChange {
        region: changed_for(&scope),
        action: "limit-settled",
        target: &class.code,
        before: json!({ "name": class.name, "limits": known }),
        after: json!({ "name": class.name, "limits": after }),
    };
    audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    catalogue.publish(transaction).await?;
    let class = catalogue.class(&code).ok_or_else(|| Problem::not_found("class-unknown", "现行标准中没有这个事项代码"))?;
    Ok((StatusCode::CREATED, Json(class.as_ref().clone())))
}
