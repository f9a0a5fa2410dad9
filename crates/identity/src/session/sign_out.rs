//! Signing out (退出).

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::CookieJar;
use http_api::{Answer, ForwardedHttps};

use super::{COOKIE, TokenHash, cookie, store};
use crate::service::Identity;

/// 退出登录。没有登录时也回答 204。
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
pub(crate) async fn sign_out(State(identity): State<Identity>, forwarded: ForwardedHttps, cookies: CookieJar) -> Answer<impl IntoResponse> {
    if let Some(old) = cookies.get(COOKIE) {
        store::end(identity.pool(), &TokenHash::of(old.value())).await?;
        identity.forget();
    }
    let mut gone = cookie(String::new(), identity.settings(), forwarded);
    gone.make_removal();
    Ok((StatusCode::NO_CONTENT, CookieJar::new().add(gone)))
}
