//! Adding a person.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json, etag};
use kernel::{
    id::{PersonId, uuid_at},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Person, rules, store};
use crate::{
    allowed::Allowed,
    audit,
    authority::{refuse_wider_regions, refuse_wider_roles},
    error::{IdentityError, broke},
    password::{Password, refuse_weak},
    rights::ManagePeople,
    service::Identity,
    session,
};

/// A new person.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPerson {
    account: String,
    name: String,
    organisation_id: Uuid,
    #[serde(default)]
    roles: Vec<String>,
    /// Prefixes of region codes; empty means the organisation's own.
    #[serde(default)]
    regions: Vec<String>,
    /// The first password, to be changed at the first sign-in. Machines have none.
    password: Option<Password>,
    #[serde(default)]
    auxiliary: bool,
}

/// 新增人员；首次登录须修改口令。
#[utoipa::path(post, path = "/api/v1/people", tag = "people", request_body = NewPerson,
    responses((status = 201, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn create(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Json(new): Json<NewPerson>,
) -> Answer<impl IntoResponse> {
    let account = rules::account(&new.account);
    let (roles, regions) = (rules::tidy(new.roles), rules::tidy(new.regions));
    let (machine, auxiliary) = (rules::is_machine(&roles), rules::is_auxiliary(&roles, new.auxiliary));
    let (grants, tree) = (identity.grants().await?, identity.organisations().await?);
    let scope = allowed.scope();

    let mut problem = rules::check_names(rules::form(), &account, &new.name);
    problem = rules::check_post(problem, &grants, &roles, &regions, auxiliary);
    let organisation =
        tree.get(new.organisation_id).filter(|one| one.active && scope.covers_region(&one.region) && scope.covers_unit(Some(one.id)));
    if organisation.is_none() {
        problem = problem.field("organisation_id", "单位不存在、已停用或不在您的辖区");
    }
    match (&new.password, machine) {
        (None, false) => problem = problem.field("password", "请设置初始口令"),
        (Some(_), true) => problem = problem.field("password", "机器来源不设口令，请使用接口密钥"),
        _ => {}
    }
    rules::judge(problem)?;
    refuse_wider_regions(&scope.regions, &regions)?;
    refuse_wider_roles(&allowed.caller, &grants, &roles)?;

    let phc = match new.password {
        Some(password) => {
            refuse_weak("password", &password, &account)?;
            Some(identity.hasher().hash(password).await?)
        }
        None => None,
    };
    let now = identity.now();
    let id = PersonId::new(now).uuid();
    let row = store::NewPersonRow {
        id,
        account: &account,
        name: new.name.trim(),
        organisation_id: new.organisation_id,
        roles: &roles,
        regions: &regions,
        auxiliary,
        kind: if machine { "machine" } else { "staff" },
    };
    let mut transaction = identity.pool().begin().await?;
    store::insert(&mut transaction, &row, now).await.map_err(refuse_taken)?;
    if let Some(phc) = phc {
        session::store::set_password(&mut transaction, id, &phc, true, now).await?;
    }
    let payload =
        json!({ "account": account, "organisation": new.organisation_id, "roles": roles, "regions": regions, "auxiliary": auxiliary });
    let actor = allowed.caller.person.uuid();
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "person-created", &id.to_string(), &payload).await?;
    let made = store::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, etag(made.version), Json(Person::from(made))))
}

/// A taken account is a field's fault, not the server's.
pub(crate) fn refuse_taken(error: sqlx::Error) -> IdentityError {
    if broke(&error, "person_account_key") {
        return Problem::conflict("account-taken", "这个账号已被使用，请换一个。").field("account", "已被使用").into();
    }
    error.into()
}
