//! The second factor (动态口令): codes of thirty seconds, each good once.

use std::fmt;

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use kernel::{id::uuid_at, problem::Problem};
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::json;
use totp_rs::{Builder, Totp};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    change_password::verify_own,
    recovery::{self, RecoveryCodes},
    store,
};
use crate::{audit, caller::Caller, error::Result, password::Password, service::Identity};

/// A one-time code as somebody typed it; it does not show itself.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct Code(String);

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(***)")
    }
}

/// The secret to put into an authenticator, shown once.
#[derive(Serialize, ToSchema)]
pub struct Enrolment {
    /// The secret in base 32, for typing.
    secret: String,
    /// The same as a URL, for a QR code.
    otpauth_url: String,
}

/// The code that proves the authenticator is set up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Confirmation {
    code: Code,
}

/// The password that allows the second factor to be taken away.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Removal {
    password: Password,
}

fn generator(secret: &[u8], account: &str) -> std::result::Result<Totp, Problem> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(account)
        .with_issuer(Some("Bihuan"))
        .build()
        .map_err(|_| Problem::internal("totp-unusable", "动态口令无法生成，请联系系统管理员。"))
}

/// Whether the code is right now and was not used before, or else is one of the person's recovery codes. Uses it up.
pub(crate) async fn accept_any(identity: &Identity, person: Uuid, sealed: &[u8], code: &Code) -> Result<bool> {
    Ok(accept(identity, person, sealed, code).await? || recovery::accept(identity, person, &code.0).await?)
}

/// Whether the code is right now, one step before or after, and was not used before. Uses it up.
async fn accept(identity: &Identity, person: Uuid, sealed: &[u8], code: &Code) -> Result<bool> {
    let secret = identity.seal().open(person, sealed)?;
    let now = u64::try_from(identity.now().timestamp()).unwrap_or_default();
    let typed: String = code.0.chars().filter(|character| !character.is_whitespace()).collect();
    let Some(step) = generator(&secret, "account")?.check(&typed, now) else { return Ok(false) };
    Ok(store::use_totp_step(identity.pool(), person, i64::try_from(step).unwrap_or(i64::MAX)).await?)
}

/// 申请动态口令密钥；确认之前不生效。
#[utoipa::path(post, path = "/api/v1/session/totp", tag = "session",
    responses((status = 200, body = Enrolment), (status = 409, description = "totp-already-enabled")))]
pub(crate) async fn enrol(State(identity): State<Identity>, caller: Caller) -> Answer<Json<Enrolment>> {
    let mut secret = [0u8; 20];
    rand::rng().fill_bytes(&mut secret);
    let person = caller.person.uuid();
    let sealed = identity.seal().close(person, &secret)?;
    if !store::offer_totp(identity.pool(), person, &sealed, identity.now()).await? {
        return Err(Problem::conflict("totp-already-enabled", "动态口令已经启用；如需更换，请先停用。").into());
    }
    let totp = generator(&secret, &caller.account)?;
    let otpauth_url = totp.to_url().map_err(|_| Problem::internal("totp-unusable", "动态口令无法生成，请联系系统管理员。"))?;
    Ok(Json(Enrolment { secret: totp.secret().to_base32(), otpauth_url }))
}

/// 输入一次动态口令以启用；应答里的恢复码只显示这一次，手机丢失时每个可代替动态口令用一次。
#[utoipa::path(post, path = "/api/v1/session/totp/confirm", tag = "session", request_body = Confirmation,
    responses((status = 200, body = RecoveryCodes), (status = 422, description = "totp-wrong")))]
pub(crate) async fn confirm(
    State(identity): State<Identity>,
    caller: Caller,
    Json(confirmation): Json<Confirmation>,
) -> Answer<Json<RecoveryCodes>> {
    let person = caller.person.uuid();
    let sealed = match store::totp(identity.pool(), person).await? {
        Some((sealed, false)) => sealed,
        Some((_, true)) => return Err(Problem::conflict("totp-already-enabled", "动态口令已经启用。").into()),
        None => return Err(Problem::conflict("totp-not-requested", "请先申请动态口令密钥。").into()),
    };
    if !accept(&identity, person, &sealed, &confirmation.code).await? {
        return Err(Problem::invalid("totp-wrong", "动态口令不正确，请核对手机时间后再试。").field("code", "动态口令不正确").into());
    }
    let now = identity.now();
    let mut transaction = identity.pool().begin().await?;
    store::confirm_totp(&mut transaction, person, now).await?;
    let codes = recovery::make(&mut transaction, person).await?;
    audit::store::record(&mut transaction, uuid_at(now), now, Some(person), "totp-enabled", &person.to_string(), &json!({})).await?;
    transaction.commit().await?;
    identity.forget();
    Ok(Json(codes))
}

/// 停用动态口令，需再次输入口令。
#[utoipa::path(delete, path = "/api/v1/session/totp", tag = "session", request_body = Removal,
    responses((status = 204), (status = 422, description = "password-wrong")))]
pub(crate) async fn remove(State(identity): State<Identity>, caller: Caller, Json(removal): Json<Removal>) -> Answer<StatusCode> {
    verify_own(&identity, &caller, removal.password, "password").await?;
    let (now, person) = (identity.now(), caller.person.uuid());
    let mut transaction = identity.pool().begin().await?;
    if store::remove_totp(&mut transaction, person).await? {
        audit::store::record(&mut transaction, uuid_at(now), now, Some(person), "totp-disabled", &person.to_string(), &json!({})).await?;
    }
    transaction.commit().await?;
    identity.forget();
    Ok(StatusCode::NO_CONTENT)
}
