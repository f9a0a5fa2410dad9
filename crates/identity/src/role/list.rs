//! Listing what roles allow.

use axum::extract::State;
use http_api::{Answer, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Role, grants::Grants, store};
use crate::{allowed::Allowed, rights::SeeRoles, service::Identity};

/// A role with what it allows (角色).
#[derive(Debug, Serialize, ToSchema)]
pub struct RoleView {
    code: &'static str,
    name: &'static str,
    rights: Vec<RightView>,
    /// The version, for `If-Match`.
    version: i64,
}

/// A right (权限).
#[derive(Debug, Serialize, ToSchema)]
pub struct RightView {
    name: String,
    label: String,
    /// Whether it decides; auxiliaries never hold it.
    decides: bool,
}

/// Every role.
#[derive(Debug, Serialize, ToSchema)]
pub struct Roles {
    items: Vec<RoleView>,
}

pub(super) fn view(role: Role, grants: &Grants, version: i64) -> RoleView {
    let rights = grants
        .of(role.code())
        .filter_map(|name| grants.right(name))
        .map(|right| RightView { name: right.name.clone(), label: right.label.clone(), decides: right.decides })
        .collect();
    RoleView { code: role.code(), name: role.label(), rights, version }
}

/// 全部角色及其权限。
#[utoipa::path(get, path = "/api/v1/roles", tag = "people", responses((status = 200, body = Roles)),
    extensions(("x-right" = json!("role.see"))))]
pub(crate) async fn list(State(identity): State<Identity>, _allowed: Allowed<SeeRoles>) -> Answer<Json<Roles>> {
    let grants = identity.grants().await?;
    let versions = store::versions(identity.pool()).await?;
    let version = |role: Role| versions.iter().find(|(code, _)| code == role.code()).map_or(1, |(_, version)| *version);
    Ok(Json(Roles { items: Role::ALL.into_iter().map(|role| view(role, &grants, version(role))).collect() }))
}
