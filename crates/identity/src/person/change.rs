//! Changing a person.

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, IfMatch, Json, Path, etag};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Person, rules, store};
use crate::{
    allowed::Allowed,
    audit,
    authority::{refuse_wider_regions, refuse_wider_roles},
    error::version_conflict,
    rights::ManagePeople,
    service::Identity,
};

/// What changes; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PersonChange {
    name: Option<String>,
    organisation_id: Option<Uuid>,
    roles: Option<Vec<String>>,
    regions: Option<Vec<String>>,
    auxiliary: Option<bool>,
}

/// 修改人员；需带 If-Match。角色和辖区立即生效。
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", request_body = PersonChange,
    params(("id" = Uuid, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn change(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(change): Json<PersonChange>,
) -> Answer<impl IntoResponse> {
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "修改时请带上 If-Match 版本号。"))?;
    let (grants, tree) = (identity.grants().await?, identity.organisations().await?);
    let (scope, now) = (allowed.scope(), identity.now());
    let mut transaction = identity.pool().begin().await?;
    store::lock(&mut transaction, id).await?;
    let old = store::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    if old.version != seen {
        return Err(version_conflict().into());
    }
    rules::refuse_stronger(&allowed.caller, &scope, &grants, &old)?;

    let mut new = old.clone();
    if let Some(name) = change.name {
        new.name = name.trim().to_owned();
    }
    if let Some(organisation) = change.organisation_id {
        new.organisation_id = organisation;
    }
    if let Some(roles) = change.roles {
        new.roles = rules::tidy(roles);
    }
    if let Some(regions) = change.regions {
        new.regions = rules::tidy(regions);
    }
    new.auxiliary = rules::is_auxiliary(&new.roles, change.auxiliary.unwrap_or(old.auxiliary));

    let mut problem = rules::check_names(rules::form(), &new.account, &new.name);
    problem = rules::check_post(problem, &grants, &new.roles, &new.regions, new.auxiliary);
    match tree.get(new.organisation_id).filter(|one| scope.covers_region(&one.region) && scope.covers_unit(Some(one.id))) {
        Some(organisation) => new.organisation_region = organisation.region.clone(),
        None => problem = problem.field("organisation_id", "单位不存在或不在您的辖区"),
    }
    if rules::is_machine(&new.roles) != (old.kind == "machine") {
        problem = problem.field("roles", "人员与机器来源不能互相转换，请新建账号");
    }
    rules::judge(problem)?;
    let posted =
        (&new.roles, &new.regions, &new.organisation_id, new.auxiliary) != (&old.roles, &old.regions, &old.organisation_id, old.auxiliary);
    if posted {
        rules::refuse_self(&allowed.caller, &old)?;
        refuse_wider_regions(&scope.regions, &new.effective_regions())?;
        refuse_wider_roles(&allowed.caller, &grants, &new.roles)?;
    }

    store::update(&mut transaction, &new, now).await?;
    // The history tells that a name changed, not the names.
    let post = |row: &store::PersonRow| json!({ "organisation": row.organisation_id, "roles": row.roles, "regions": row.regions, "auxiliary": row.auxiliary });
    let mut payload = json!({ "from": post(&old), "to": post(&new) });
    if new.name != old.name {
        payload["to"]["renamed"] = json!(true);
    }
    let actor = allowed.caller.person.uuid();
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "person-changed", &id.to_string(), &payload).await?;
    let changed = store::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    transaction.commit().await?;
    identity.forget();
    Ok((etag(changed.version), Json(Person::from(changed))))
}
