//! The one-time code after the provider's word (动态口令).

use axum::{extract::State, http::HeaderMap, response::IntoResponse};
use axum_extra::extract::CookieJar;
use http_api::{Answer, ApiProblem, ClientAddress, ForwardedHttps, Json};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{COOKIE, cookie, store};
use crate::{
    service::Identity,
    session::{
        self, Begin, Session, TokenHash,
        store::{self as sessions, Outcome},
        totp,
    },
};

/// The code.
#[derive(Debug, Deserialize, ToSchema)]
pub struct OidcSecondFactor {
    /// The one-time code, or one of the recovery codes.
    totp: totp::Code,
}

/// 统一身份认证之后的动态口令。连续失败 5 次锁定 15 分钟。
#[utoipa::path(post, path = "/api/v1/session/oidc/totp", tag = "session", operation_id = "oidc_totp", request_body = OidcSecondFactor,
    responses((status = 200, body = Session), (status = 401, description = "oidc-state-unknown | sign-in-failed | locked-out")))]
pub(crate) async fn second_factor(
    State(identity): State<Identity>,
    ClientAddress(address): ClientAddress,
    forwarded: ForwardedHttps,
    headers: HeaderMap,
    cookies: CookieJar,
    Json(typed): Json<OidcSecondFactor>,
) -> Answer<impl IntoResponse> {
    identity.sign_in_rate().check(address)?;
    let unknown = || ApiProblem::from(Problem::unauthenticated("oidc-state-unknown", "这次登录已经过期或已经用过，请重新登录。"));
    let ticket = cookies.get(COOKIE).and_then(|cookie| cookie.value().split_once('.')).ok_or_else(unknown)?;
    let (ticket, browser) = (TokenHash::of(ticket.0), TokenHash::of(ticket.1));
    let (pool, now) = (identity.pool(), identity.now());
    let waiting = store::waiting(pool, &ticket, &browser, now).await?.ok_or_else(unknown)?;
    let begin =
        Begin { address: address.to_string(), agent: session::agent(&headers), forwarded, old: cookies.get(session::COOKIE).cloned() };

    let turn = identity.turn(&waiting.account).await;
    let _turn = turn.lock().await;
    let line = |outcome| begin.line(now, waiting.account.clone(), Some(waiting.person_id), outcome).through_provider();
    if sessions::locked_until(pool, &waiting.account, now).await?.is_some() {
        sessions::record(pool, &line(Outcome::Locked)).await?;
        return Err(Problem::unauthenticated("locked-out", "连续多次登录失败，账号已锁定，请 15 分钟后再试。").into());
    }
    if !totp::accept_any(&identity, waiting.person_id, &waiting.sealed, &typed.totp).await? {
        sessions::count_failure(pool, &waiting.account, now).await?;
        sessions::record(pool, &line(Outcome::TotpFailed)).await?;
        return Err(Problem::unauthenticated("sign-in-failed", "动态口令不正确或已经用过，请等下一个。")
            .field("totp", "动态口令不正确或已经用过")
            .into());
    }
    // Two that send the right code at once: one of them was first.
    store::take(pool, &ticket, &browser, now).await?.ok_or_else(unknown)?;
    let secure = identity.settings().secure_cookies || begin.forwarded.0;
    let (jar, session) = session::begin_through_provider(&identity, waiting.person_id, &waiting.account, begin).await?;
    let mut gone = cookie(String::new(), secure);
    gone.make_removal();
    Ok((jar.add(gone), Json(session)))
}
