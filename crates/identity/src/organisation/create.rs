//! Adding an organisation.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json, etag};
use kernel::{
    id::{OrganisationId, uuid_at},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Organisation, OrganisationKind, has_control, is_region, store};
use crate::{
    allowed::Allowed,
    audit,
    authority::{keeps_everything, refuse_wider_regions},
    caller::Scope,
    error::{IdentityError, broke},
    organisation::tree::OrganisationTree,
    rights::ManageOrganisations,
    service::Identity,
};

/// A new organisation.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct NewOrganisation {
    /// The organisation above; only the keeper of the whole installation may leave it out.
    pub parent_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The prefix of region codes it works in.
    pub region: String,
    /// Its place among its sisters.
    #[serde(default)]
    pub sort: i32,
}

/// 新增单位。
#[utoipa::path(post, path = "/api/v1/organisations", tag = "people", request_body = NewOrganisation,
    responses((status = 201, body = Organisation)), extensions(("x-right" = json!("organisation.manage"))))]
pub(crate) async fn create(
    State(identity): State<Identity>,
    allowed: Allowed<ManageOrganisations>,
    Json(new): Json<NewOrganisation>,
) -> Answer<impl IntoResponse> {
    check_form(&new.name, &new.region)?;
    let scope = allowed.scope();
    refuse_wider_regions(&scope.regions, std::slice::from_ref(&new.region))?;
    let whole = keeps_everything(&identity, &allowed.caller).await?;
    let now = identity.now();
    let mut transaction = identity.pool().begin().await?;
    let tree = store::lock_tree(&mut transaction).await?;
    check_parent(&tree, &scope, new.parent_id, whole)?;
    let row = store::Row {
        id: OrganisationId::new(now).uuid(),
        parent_id: new.parent_id,
        name: new.name.trim(),
        kind: new.kind,
        region: &new.region,
        sort: new.sort,
        active: true,
    };
    let made = store::insert(&mut transaction, &row, now).await.map_err(refuse_twin)?;
    let actor = allowed.caller.person.uuid();
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "organisation-created", &made.id.to_string(), &json!(made))
        .await?;
    transaction.commit().await?;
    identity.forget();
    Ok((StatusCode::CREATED, etag(made.version), Json(made)))
}

/// What an organisation's own fields must be.
pub(crate) fn check_form(name: &str, region: &str) -> Result<(), Problem> {
    let mut problem = Problem::invalid("organisation-invalid", "单位信息不符合要求。");
    if name.trim().is_empty() || name.chars().count() > 100 || has_control(name) {
        problem = problem.field("name", "名称为 1 至 100 个字");
    }
    if !is_region(region) {
        problem = problem.field("region", "辖区代码应为 2、4、6、9、12 或 15 位数字");
    }
    if problem.fields.is_empty() { Ok(()) } else { Err(problem) }
}

/// The parent must be one that the caller sees; a root is the whole installation's affair.
pub(super) fn check_parent(tree: &OrganisationTree, scope: &Scope, parent: Option<Uuid>, whole: bool) -> Result<(), Problem> {
    match parent.map(|id| tree.get(id)) {
        None if whole => Ok(()),
        None => Err(Problem::forbidden("scope-exceeded", "只有全局管理员可以新增顶级单位，请选择上级单位。")),
        Some(Some(parent)) if scope.covers_region(&parent.region) && scope.covers_unit(Some(parent.id)) => Ok(()),
        Some(_) => Err(Problem::invalid("organisation-invalid", "单位信息不符合要求。").field("parent_id", "上级单位不存在或不在您的辖区")),
    }
}

/// Two sisters of one name are a field's fault, not the server's.
pub(crate) fn refuse_twin(error: sqlx::Error) -> IdentityError {
    if broke(&error, "organisation_sibling_name") {
        return Problem::conflict("organisation-exists", "同一上级下已有同名单位。").field("name", "已有同名单位").into();
    }
    error.into()
}
