//! Signing in (登录).

use axum::{extract::State, http::HeaderMap, response::IntoResponse};
use axum_extra::extract::CookieJar;
use http_api::{Answer, ClientAddress, ForwardedHttps, Json};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Begin, COOKIE, Session, agent,
    store::{self, Outcome},
    totp,
};
use crate::{password::Password, service::Identity};

/// What a person types.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Credentials {
    account: String,
    password: Password,
    /// The one-time code, where the person has a second factor; or one of the recovery codes.
    totp: Option<totp::Code>,
}

/// 登录。连续失败 5 次锁定 15 分钟。
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = Credentials,
    responses((status = 200, body = Session), (status = 401, description = "sign-in-failed | totp-required | locked-out")))]
pub(crate) async fn sign_in(
    State(identity): State<Identity>,
    ClientAddress(address): ClientAddress,
    forwarded: ForwardedHttps,
    headers: HeaderMap,
    cookies: CookieJar,
    Json(typed): Json<Credentials>,
) -> Answer<impl IntoResponse> {
    identity.sign_in_rate().check(address)?;
    // What cannot be written down cannot be an account, and is written down without it.
    let account: String = typed.account.trim().to_lowercase().chars().filter(|character| !character.is_control()).take(64).collect();
    let now = identity.now();
    let begin = Begin { address: address.to_string(), agent: agent(&headers), forwarded, old: cookies.get(COOKIE).cloned() };
    let line = |person_id: Option<Uuid>, outcome: Outcome| begin.line(now, account.clone(), person_id, outcome);
    let pool = identity.pool();

    // One attempt at a time for an account: many at once cannot try more passwords than the lock-out allows.
    let turn = identity.turn(&account).await;
    let _turn = turn.lock().await;

    let known = store::credential(pool, &account).await?;
    let person_id = known.as_ref().map(|known| known.person_id);
    if let Some(until) = store::locked_until(pool, &account, now).await? {
        store::record(pool, &line(person_id, Outcome::Locked)).await?;
        let minutes = ((until - now).num_seconds() + 59) / 60;
        return Err(Problem::unauthenticated("locked-out", format!("连续多次登录失败，账号已锁定，请 {minutes} 分钟后再试。")).into());
    }

    let right = identity.hasher().verify(typed.password, known.as_ref().map(|known| known.phc.clone())).await?;
    let Some(known) = known.filter(|known| right && known.active) else {
        store::count_failure(pool, &account, now).await?;
        store::record(pool, &line(person_id, Outcome::Failed)).await?;
        return Err(Problem::unauthenticated("sign-in-failed", "账号或口令不正确。").into());
    };

    if let Some(sealed) = &known.totp {
        let Some(code) = &typed.totp else {
            return Err(Problem::unauthenticated("totp-required", "请输入动态口令。").into());
        };
        if !totp::accept_any(&identity, known.person_id, sealed, code).await? {
            store::count_failure(pool, &account, now).await?;
            store::record(pool, &line(Some(known.person_id), Outcome::TotpFailed)).await?;
            return Err(Problem::unauthenticated("sign-in-failed", "动态口令不正确或已经用过，请等下一个。")
                .field("totp", "动态口令不正确或已经用过")
                .into());
        }
    }

    let signed = line(Some(known.person_id), Outcome::Success);
    let (jar, session) = super::begin::begin(&identity, known.person_id, signed, begin).await?;
    Ok((jar, Json(session)))
}
