//! What an administrator does with an account: disable, enable, unlock, give a new password, take the second factor away, undo the
//! link to the identity provider.

use axum::{extract::State, response::IntoResponse};
use http_api::{Answer, IfMatch, Json, Path, etag};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Person, rules, store};
use crate::{
    allowed::Allowed,
    audit,
    error::version_conflict,
    oidc,
    password::{Password, refuse_weak},
    rights::ManagePeople,
    service::Identity,
    session,
};

/// The new password, to be changed at the next sign-in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPassword {
    password: Password,
}

/// What is done to the account.
enum Act {
    Disable,
    Enable,
    Unlock,
    ResetPassword(String),
    ResetTotp,
    UnlinkProvider,
}

impl Act {
    fn name(&self) -> &'static str {
        match self {
            Act::Disable => "person-disabled",
            Act::Enable => "person-enabled",
            Act::Unlock => "person-unlocked",
            Act::ResetPassword(_) => "password-reset",
            Act::ResetTotp => "totp-reset",
            Act::UnlinkProvider => "oidc-unlinked",
        }
    }
}

/// 停用账号；其会话立即结束。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/disable", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn disable(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<impl IntoResponse> {
    act(&identity, &allowed, id, seen, Act::Disable).await
}

/// 启用账号。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/enable", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn enable(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<impl IntoResponse> {
    act(&identity, &allowed, id, seen, Act::Enable).await
}

/// 解除登录锁定。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/unlock", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn unlock(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<impl IntoResponse> {
    act(&identity, &allowed, id, seen, Act::Unlock).await
}

/// 重置口令；其会话立即结束，下次登录须修改口令。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/reset-password", tag = "people", params(("id" = Uuid, Path)),
    request_body = NewPassword, responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn reset_password(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(new): Json<NewPassword>,
) -> Answer<impl IntoResponse> {
    let row = store::find_within(identity.pool(), &allowed.scope(), id, identity.now()).await?.ok_or_else(rules::not_found)?;
    refuse_weak("password", &new.password, &row.account)?;
    let phc = identity.hasher().hash(new.password).await?;
    act(&identity, &allowed, id, seen, Act::ResetPassword(phc)).await
}

/// 停用其动态口令（手机丢失时）。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/reset-totp", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn reset_totp(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<impl IntoResponse> {
    act(&identity, &allowed, id, seen, Act::ResetTotp).await
}

/// 解除其与统一身份认证的关联；其会话立即结束，下次从统一身份认证登录时按账号重新关联。
#[utoipa::path(post, path = "/api/v1/people/{id}/actions/unlink-provider", tag = "people", params(("id" = Uuid, Path)),
    responses((status = 200, body = Person)), extensions(("x-right" = json!("person.manage"))))]
pub(crate) async fn unlink_provider(
    State(identity): State<Identity>,
    allowed: Allowed<ManagePeople>,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Answer<impl IntoResponse> {
    act(&identity, &allowed, id, seen, Act::UnlinkProvider).await
}

async fn act(
    identity: &Identity,
    allowed: &Allowed<ManagePeople>,
    id: Uuid,
    IfMatch(seen): IfMatch,
    act: Act,
) -> Answer<impl IntoResponse + use<>> {
    let (scope, now) = (allowed.scope(), identity.now());
    let mut transaction = identity.pool().begin().await?;
    store::lock(&mut transaction, id).await?;
    let mut row = store::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(version_conflict().into());
    }
    rules::refuse_stronger(&allowed.caller, &scope, &*identity.grants().await?, &row)?;
    // One's own password and second factor are changed with the old password, not without.
    rules::refuse_self(&allowed.caller, &row)?;
    perform(&mut transaction, &act, &mut row, now).await?;
    store::update(&mut transaction, &row, now).await?;
    let actor = allowed.caller.person.uuid();
    audit::store::record(&mut transaction, uuid_at(now), now, Some(actor), act.name(), &id.to_string(), &json!({})).await?;
    let done = store::find_within(&mut *transaction, &scope, id, now).await?.ok_or_else(rules::not_found)?;
    transaction.commit().await?;
    identity.forget();
    Ok((etag(done.version), Json(Person::from(done))))
}

async fn perform(connection: &mut PgConnection, act: &Act, row: &mut store::PersonRow, now: chrono::DateTime<chrono::Utc>) -> Answer<()> {
    match act {
        Act::Disable => {
            row.active = false;
            session::store::end_all(connection, row.id, None).await?;
        }
        Act::Enable => row.active = true,
        Act::Unlock => session::store::clear_attempts(connection, &row.account).await?,
        Act::ResetPassword(_) if row.kind == "machine" => {
            return Err(Problem::conflict("machine-has-no-password", "机器来源不设口令，请使用接口密钥。").into());
        }
        Act::ResetPassword(phc) => {
            session::store::set_password(connection, row.id, phc, true, now).await?;
            session::store::end_all(connection, row.id, None).await?;
        }
        Act::ResetTotp => {
            session::store::remove_totp(connection, row.id).await?;
            session::store::end_all(connection, row.id, None).await?;
        }
        Act::UnlinkProvider => {
            oidc::store::unlink(connection, row.id).await?;
            session::store::end_all(connection, row.id, None).await?;
        }
    }
    Ok(())
}
