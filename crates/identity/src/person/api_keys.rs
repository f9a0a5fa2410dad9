//! Keys of machine sources (接口密钥): shown once, kept as a hash.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use http_api::{Answer, Json, Path};
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    rules,
    store::{self, ApiKey, PersonRow},
};
use crate::{
    allowed::Allowed,
    audit,
    organisation::has_control,
    rights::ManageApiKeys,
    service::Identity,
    session::{TokenHash, new_token},
};

/// What the key is for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewApiKey {
    name: String,
}

/// A new key; the only time it is shown.
#[derive(Serialize, ToSchema)]
pub struct MadeApiKey {
    id: Uuid,
    name: String,
    /// What the machine sends as `Authorization: Bearer <key>`.
    key: String,
}

/// The keys of a machine.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeys {
    items: Vec<ApiKey>,
}

async fn machine(identity: &Identity, allowed: &Allowed<ManageApiKeys>, id: Uuid) -> Answer<PersonRow> {
    let scope = allowed.scope();
    let row = store::find_within(identity.pool(), &scope, id, identity.now()).await?.ok_or_else(rules::not_found)?;
    rules::refuse_stronger(&allowed.caller, &scope, &*identity.grants().await?, &row)?;
    if row.kind != "machine" {
        return Err(Problem::conflict("not-a-machine", "只有机器来源可以使用接口密钥。").into());
    }
    Ok(row)
}

/// 机器来源的接口密钥（不含密钥本身）。
#[utoipa::path(get, path = "/api/v1/people/{id}/api-keys", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = ApiKeys)), extensions(("x-right" = json!("api-key.manage"))))]
pub(crate) async fn keys(State(identity): State<Identity>, allowed: Allowed<ManageApiKeys>, Path(id): Path<Uuid>) -> Answer<Json<ApiKeys>> {
    machine(&identity, &allowed, id).await?;
    Ok(Json(ApiKeys { items: store::keys(identity.pool(), id).await? }))
}

/// 新建接口密钥；密钥只显示这一次。
#[utoipa::path(post, path = "/api/v1/people/{id}/api-keys", tag = "people", params(("id" = Uuid, Path)), request_body = NewApiKey,
    responses((status = 201, body = MadeApiKey)), extensions(("x-right" = json!("api-key.manage"))))]
pub(crate) async fn create_key(
    State(identity): State<Identity>,
    allowed: Allowed<ManageApiKeys>,
    Path(id): Path<Uuid>,
    Json(new): Json<NewApiKey>,
) -> Answer<impl IntoResponse> {
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 60 || has_control(&name) {
        return Err(Problem::invalid("api-key-invalid", "请为密钥命名。").field("name", "名称为 1 至 60 个字").into());
    }
    let row = machine(&identity, &allowed, id).await?;
    let key = format!("bh_{}", new_token());
    let (now, actor) = (identity.now(), allowed.caller.person.uuid());
    let key_id = uuid_at(now);
    let mut transaction = identity.pool().begin().await?;
    store::insert_key(&mut transaction, key_id, &TokenHash::of(&key), row.id, &name, now).await?;
    let payload = json!({ "key": key_id, "name": name });
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "api-key-created", &id.to_string(), &payload).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(MadeApiKey { id: key_id, name, key })))
}

/// 作废接口密钥，立即生效。
#[utoipa::path(delete, path = "/api/v1/people/{id}/api-keys/{key_id}", tag = "people",
    params(("id" = Uuid, Path), ("key_id" = Uuid, Path)), responses((status = 204)), extensions(("x-right" = json!("api-key.manage"))))]
pub(crate) async fn remove_key(
    State(identity): State<Identity>,
    allowed: Allowed<ManageApiKeys>,
    Path((id, key_id)): Path<(Uuid, Uuid)>,
) -> Answer<StatusCode> {
    let row = machine(&identity, &allowed, id).await?;
    let (now, actor) = (identity.now(), allowed.caller.person.uuid());
    let mut transaction = identity.pool().begin().await?;
    if !store::remove_key(&mut transaction, row.id, key_id).await? {
        return Err(Problem::not_found("api-key-not-found", "没有这个接口密钥。").into());
    }
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), "api-key-removed", &id.to_string(), &json!({ "key": key_id }))
        .await?;
    transaction.commit().await?;
    identity.forget();
    Ok(StatusCode::NO_CONTENT)
}
