//! Coming back from the provider (统一身份认证返回).

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use http_api::{Answer, ApiProblem, ClientAddress, ForwardedHttps, Query};
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{ASK_CODE, COOKIE, cookie, page, store, who};
use crate::{
    service::Identity,
    session::{self, Begin, TokenHash, new_token},
};

/// What the provider sends the browser back with.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Returned {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// Who says so (RFC 9207).
    iss: Option<String>,
}

/// No provider is set.
pub(super) fn off() -> Problem {
    Problem::not_found("oidc-off", "这里没有启用统一身份认证。")
}

/// To a page that says what happened: the page knows the words of these codes.
pub(super) fn with(page: &str, code: &str) -> Redirect {
    Redirect::to(&format!("{page}?sign-in={code}"))
}

/// What comes of coming back: signed in, or the one-time code is to be asked.
enum Came {
    In(Box<CookieJar>),
    Second(String),
}

/// 从统一身份认证返回。
#[utoipa::path(get, path = "/api/v1/session/oidc/callback", tag = "session", operation_id = "oidc_callback", params(Returned),
    responses((status = 303, description = "To the page, signed in; or with `?sign-in=` and a code: totp-required | oidc-state-unknown | oidc-refused | oidc-untrusted | oidc-account-unknown | oidc-account-disabled | oidc-account-linked | oidc-unavailable | oidc-misconfigured")))]
pub(crate) async fn come_back(
    State(identity): State<Identity>,
    ClientAddress(address): ClientAddress,
    forwarded: ForwardedHttps,
    headers: HeaderMap,
    cookies: CookieJar,
    Query(returned): Query<Returned>,
) -> Response {
    let secure = identity.settings().secure_cookies || forwarded.0;
    let begin =
        Begin { address: address.to_string(), agent: session::agent(&headers), forwarded, old: cookies.get(session::COOKIE).cloned() };
    let mut gone = cookie(String::new(), secure);
    gone.make_removal();
    let mut to = page(None).to_owned();
    let came = match identity.sign_in_rate().check(address) {
        Ok(()) => finish(&identity, &cookies, returned, begin, &mut to).await,
        Err(problem) => Err(problem.into()),
    };
    match came {
        Ok(Came::In(jar)) => (jar.add(gone), Redirect::to(&to)).into_response(),
        Ok(Came::Second(browser)) => (CookieJar::new().add(cookie(browser, secure)), with(&to, ASK_CODE)).into_response(),
        Err(problem) => (CookieJar::new().add(gone), with(&to, problem.problem().code)).into_response(),
    }
}

async fn finish(identity: &Identity, cookies: &CookieJar, returned: Returned, begin: Begin, to: &mut String) -> Answer<Came> {
    let provider = identity.provider().ok_or_else(off)?;
    let unknown = || ApiProblem::from(Problem::unauthenticated("oidc-state-unknown", "这次登录已经过期或已经用过，请重新登录。"));
    let (Some(state), Some(browser)) = (&returned.state, cookies.get(COOKIE)) else { return Err(unknown()) };
    let (pool, now) = (identity.pool(), identity.now());
    let taken = store::take(pool, &TokenHash::of(state), &TokenHash::of(browser.value()), now).await?;
    let attempt = taken.filter(|attempt| attempt.person_id.is_none()).ok_or_else(unknown)?;
    to.clone_from(&attempt.back_to);
    let Some(code) = returned.code.filter(|_| returned.error.is_none()) else {
        return Err(Problem::unauthenticated("oidc-refused", "统一身份认证没有通过这次登录，请重新登录。").into());
    };
    if returned.iss.is_some_and(|issuer| issuer != provider.settings().issuer) {
        return Err(Problem::unauthenticated("oidc-untrusted", "统一身份认证的应答不可信，已拒绝。请重新登录。").into());
    }
    let who = provider.who(code, &attempt.nonce, attempt.verifier, now).await?;
    let person = who::person(identity, provider, &who, &begin).await?;
    if person.has_totp && !who.second_factor {
        // A new ticket for the second step, bound to the browser as the first was.
        let (ticket, browser) = (new_token(), new_token());
        let second = store::Attempt {
            state: TokenHash::of(&ticket),
            browser: TokenHash::of(&browser),
            nonce: String::new(),
            verifier: String::new(),
            back_to: attempt.back_to,
            person_id: Some(person.id),
        };
        store::keep(pool, &second, now).await?;
        return Ok(Came::Second(format!("{ticket}.{browser}")));
    }
    let (jar, _) = session::begin_through_provider(identity, person.id, &person.account, begin).await?;
    Ok(Came::In(Box::new(jar)))
}
