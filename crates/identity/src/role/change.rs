//! Changing what a role allows.

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, IfMatch, Json, Path, etag};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Role,
    list::{RoleView, view},
    store,
};
use crate::{
    allowed::Allowed,
    audit,
    authority::keeps_everything,
    error::version_conflict,
    rights::{ManageRoles, POWERS},
    service::Identity,
};

/// The rights that the role is to have.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoleChange {
    rights: Vec<String>,
}

/// 调整角色的权限，立即对所有人员生效；只有全局管理员可以办理。
#[utoipa::path(patch, path = "/api/v1/roles/{code}", tag = "people", request_body = RoleChange,
    params(("code" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = RoleView)), extensions(("x-right" = json!("role.manage"))))]
pub(crate) async fn change(
    State(identity): State<Identity>,
    allowed: Allowed<ManageRoles>,
    Path(code): Path<String>,
    IfMatch(seen): IfMatch,
    Json(change): Json<RoleChange>,
) -> Answer<impl IntoResponse> {
    let role = Role::from_code(&code).ok_or_else(|| Problem::not_found("role-not-found", "没有这个角色。"))?;
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "修改时请带上 If-Match 版本号。"))?;
    if !keeps_everything(&identity, &allowed.caller).await? {
        return Err(Problem::forbidden("scope-exceeded", "角色权限对全部辖区生效，请由全局管理员办理。").into());
    }
    let old = identity.grants().await?;
    let refuse = |why: String| Problem::invalid("role-invalid", "角色权限不符合要求。").field("rights", why);
    for name in &change.rights {
        let right = old.right(name).ok_or_else(|| refuse(format!("没有“{name}”这项权限")))?;
        if role == Role::Auxiliary && right.decides {
            return Err(refuse(format!("协管员不得行使决定权，不能授予“{}”", right.label)).into());
        }
        if POWERS.contains(&name.as_str()) && !allowed.caller.may_by_name(name) {
            return Err(Problem::forbidden("role-exceeded", format!("您自己没有“{}”，不能授予他人。", right.label)).into());
        }
    }
    if role == Role::Administrator
        && let Some(power) = POWERS.iter().find(|power| !change.rights.iter().any(|name| name == *power))
    {
        let label = old.right(power).map_or(*power, |right| right.label.as_str());
        return Err(refuse(format!("系统管理员必须保留“{label}”，否则无人可以恢复")).into());
    }
    let (now, actor) = (identity.now(), allowed.caller.person.uuid());
    let mut transaction = identity.pool().begin().await?;
    let version = store::touch(&mut transaction, role.code(), seen).await?.ok_or_else(version_conflict)?;
    store::replace(&mut transaction, role.code(), &change.rights).await?;
    let payload = json!({ "from": old.of(role.code()).collect::<Vec<_>>(), "to": change.rights });
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "role-changed", role.code(), &payload).await?;
    transaction.commit().await?;
    identity.forget();
    Ok((etag(version), Json(view(role, &*identity.grants().await?, version))))
}
