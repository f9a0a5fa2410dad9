//! Setting out for the provider (前往统一身份认证).

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use http_api::{ClientAddress, ForwardedHttps, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{back, cookie, page, store};
use crate::{
    service::Identity,
    session::{TokenHash, new_token},
};

/// Where to go afterwards.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Destination {
    /// The page: `/phone/`, or else the desk.
    back_to: Option<String>,
}

/// 前往统一身份认证；回来后进入所在的页面。
#[utoipa::path(get, path = "/api/v1/session/oidc/start", tag = "session", operation_id = "oidc_start", params(Destination),
    responses((status = 303, description = "To the provider; or back to the page with `?sign-in=` and a code: oidc-off | oidc-unavailable | oidc-misconfigured")))]
pub(crate) async fn set_out(
    State(identity): State<Identity>,
    ClientAddress(address): ClientAddress,
    ForwardedHttps(forwarded): ForwardedHttps,
    Query(destination): Query<Destination>,
) -> Response {
    let to = page(destination.back_to.as_deref());
    let leave = async {
        identity.sign_in_rate().check(address)?;
        let provider = identity.provider().ok_or_else(back::off)?;
        let leave = provider.leave().await?;
        let browser = new_token();
        let attempt = store::Attempt {
            state: TokenHash::of(&leave.state),
            browser: TokenHash::of(&browser),
            nonce: leave.nonce,
            verifier: leave.verifier,
            back_to: to.to_owned(),
            person_id: None,
        };
        store::keep(identity.pool(), &attempt, identity.now()).await?;
        Ok::<_, http_api::ApiProblem>((leave.url, browser))
    };
    match leave.await {
        Ok((url, browser)) => {
            let secure = identity.settings().secure_cookies || forwarded;
            (CookieJar::new().add(cookie(browser, secure)), Redirect::to(&url)).into_response()
        }
        Err(problem) => back::with(to, problem.problem().code).into_response(),
    }
}
