//! Changing one's own password (修改口令).

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::store;
use crate::{
    audit,
    caller::Caller,
    password::{Password, refuse_weak},
    service::Identity,
};

/// The old password and the new one.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PasswordChange {
    old: Password,
    new: Password,
}

/// 修改自己的口令；其他设备上的会话随即结束。
#[utoipa::path(post, path = "/api/v1/session/password", tag = "session", request_body = PasswordChange,
    responses((status = 204), (status = 422, description = "password-wrong | password-too-weak")))]
pub(crate) async fn change_password(
    State(identity): State<Identity>,
    caller: Caller,
    Json(change): Json<PasswordChange>,
) -> Answer<StatusCode> {
    refuse_weak("new", &change.new, &caller.account)?;
    if change.new.expose() == change.old.expose() {
        return Err(Problem::invalid("password-too-weak", "新口令不能与原口令相同。").field("new", "与原口令相同").into());
    }
    verify_own(&identity, &caller, change.old, "old").await?;
    let phc = identity.hasher().hash(change.new).await?;
    let (now, person) = (identity.now(), caller.person.uuid());
    let mut transaction = identity.pool().begin().await?;
    store::set_password(&mut transaction, person, &phc, false, now).await?;
    store::end_all(&mut transaction, person, caller.session()).await?;
    audit::store::record(&mut transaction, uuid_at(now), now, Some(person), "password-changed", &person.to_string(), &json!({})).await?;
    transaction.commit().await?;
    identity.forget();
    Ok(StatusCode::NO_CONTENT)
}

/// Asks for the caller's own password once more; failures count as at the sign-in.
pub(super) async fn verify_own(identity: &Identity, caller: &Caller, password: Password, field: &'static str) -> Answer<()> {
    let pool = identity.pool();
    let turn = identity.turn(&caller.account).await;
    let _turn = turn.lock().await;
    if store::locked_until(pool, &caller.account, identity.now()).await?.is_some() {
        return Err(Problem::too_many("locked-out", "口令连续多次不正确，请 15 分钟后再试。").into());
    }
    let known = store::credential(pool, &caller.account).await?;
    if !identity.hasher().verify(password, known.map(|known| known.phc)).await? {
        store::count_failure(pool, &caller.account, identity.now()).await?;
        return Err(Problem::invalid("password-wrong", "口令不正确。").field(field, "口令不正确").into());
    }
    store::clear_attempts(pool, &caller.account).await?;
    Ok(())
}
