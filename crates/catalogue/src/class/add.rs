//! Adding an extension code of this city.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Class, ClassKind, store};
use crate::{
    handle::{Catalogue, changed_for},
    rights::ManageCatalogue,
};

/// A local class.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewClass {
    /// Five digits; the last three from 900 upwards, which the standard leaves free.
    code: String,
    /// Its name.
    name: String,
}

/// 新增本地扩展事项（代码后三位为 900 至 999）。
#[utoipa::path(post, path = "/api/v1/classes", tag = "catalogue", request_body = NewClass,
    responses((status = 201, body = Class)), extensions(("x-right" = json!("catalogue.manage"))))]
pub(crate) async fn add(
    State(catalogue): State<Catalogue>,
    allowed: Allowed<ManageCatalogue>,
    Json(new): Json<NewClass>,
) -> Answer<impl IntoResponse> {
    let scope = allowed.scope();
    catalogue.require_whole_county(&scope)?;
    let snapshot = catalogue.snapshot();
    let edition = snapshot.current();
    let name = new.name.trim();
    let mut problem = Problem::invalid("class-invalid", "类别信息不符合要求");
    let category = (new.code.len() == 5 && new.code.bytes().all(|b| b.is_ascii_digit()) && new.code.as_bytes()[2] == b'9')
        .then(|| edition.matters().find(|c| c.category_code == new.code[..2]))
        .flatten();
    if category.is_none() {
        problem = problem.field("code", "代码为 5 位数字：前两位是现有大类，后三位为 900 至 999");
    }
    if name.is_empty() || name.chars().count() > 60 {
        problem = problem.field("name", "名称为 1 至 60 个字");
    }
    let Some(category) = category.filter(|_| problem.fields.is_empty()) else { return Err(problem.into()) };
    let row = store::ClassRow {
        catalogue_id: edition.id.clone(),
        kind: ClassKind::Matter.code().to_owned(),
        code: new.code.clone(),
        name: name.to_owned(),
        category_code: category.category_code.clone(),
        category_name: category.category_name.clone(),
        predecessor_kind: None,
        predecessor_code: None,
        local: true,
    };
    let mut transaction = catalogue.pool().begin().await?;
    if !store::add_class(&mut transaction, &row).await? {
        return Err(Problem::conflict("class-exists", "该代码已被使用，请换一个").field("code", "代码已存在").into());
    }
    let change = SettingChange {
        region: changed_for(&scope),
        action: "class-added",
        target: &new.code,
        before: Value::Null,
        after: json!({ "name": row.name, "category": row.category_name }),
    };
    audit::record(&mut transaction, catalogue.now(), allowed.caller.person, change).await?;
    catalogue.publish(transaction).await?;
    let made = catalogue.class(&new.code).ok_or_else(|| Problem::internal("internal", "系统内部错误，已记录；请稍后重试"))?;
    Ok((StatusCode::CREATED, Json(made.as_ref().clone())))
}
