//! Changing an organisation.

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, IfMatch, Json, Path, etag};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Organisation, OrganisationKind,
    create::{check_form, check_parent, refuse_twin},
    store,
};
use crate::{
    allowed::Allowed, audit, authority::refuse_wider_regions, error::version_conflict, rights::ManageOrganisations, service::Identity,
};

/// What changes; what is left out stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct OrganisationChange {
    parent_id: Option<Uuid>,
    name: Option<String>,
    kind: Option<OrganisationKind>,
    region: Option<String>,
    sort: Option<i32>,
    active: Option<bool>,
}

/// 修改单位；需带 If-Match。
#[utoipa::path(patch, path = "/api/v1/organisations/{id}", tag = "people", request_body = OrganisationChange,
    params(("id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Organisation)), extensions(("x-right" = json!("organisation.manage"))))]
pub(crate) async fn change(
    State(identity): State<Identity>,
    allowed: Allowed<ManageOrganisations>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(change): Json<OrganisationChange>,
) -> Answer<impl IntoResponse> {
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "修改时请带上 If-Match 版本号。"))?;
    let scope = allowed.scope();
    let now = identity.now();
    let mut transaction = identity.pool().begin().await?;
    let tree = store::lock_tree(&mut transaction).await?;
    let old = tree
        .get(id)
        .filter(|one| scope.covers_region(&one.region) && scope.covers_unit(Some(one.id)))
        .ok_or_else(|| Problem::not_found("organisation-not-found", "没有这个单位，或不在您的辖区。"))?;
    let name = change.name.as_deref().unwrap_or(&old.name).trim();
    let region = change.region.as_deref().unwrap_or(&old.region);
    if change.name.is_some() || change.region.is_some() {
        check_form(name, region)?;
        refuse_wider_regions(&scope.regions, &[region.to_owned()])?;
    }
    if let Some(parent) = change.parent_id {
        check_parent(&tree, &scope, Some(parent), false)?;
        if tree.is_within(parent, id) {
            return Err(Problem::conflict("organisation-cycle", "上级单位不能是本单位或其下属单位。")
                .field("parent_id", "不能选下属单位")
                .into());
        }
    }
    let row = store::Row {
        id,
        parent_id: change.parent_id.or(old.parent_id),
        name,
        kind: change.kind.unwrap_or(old.kind),
        region,
        sort: change.sort.unwrap_or(old.sort),
        active: change.active.unwrap_or(old.active),
    };
    let changed = store::update(&mut transaction, &row, seen, now).await.map_err(refuse_twin)?.ok_or_else(version_conflict)?;
    let actor = allowed.caller.person.uuid();
    let payload = json!({ "from": old, "to": changed });
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "organisation-changed", &id.to_string(), &payload).await?;
    transaction.commit().await?;
    identity.forget();
    Ok((etag(changed.version), Json(changed)))
}
