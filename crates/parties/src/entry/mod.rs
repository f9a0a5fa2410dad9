//! Entering (进入): a code and who one is make a short session of one party of one case.

pub(crate) mod check;
pub(crate) mod enter;
pub(crate) mod leave;
pub(crate) mod store;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use docket::KeyOf;
use http_api::{ApiProblem, ForwardedHttps};
use kernel::problem::Problem;
use rand::Rng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Parties;

/// The name of the cookie.
pub(crate) const COOKIE: &str = "bihuan_party";
/// It travels to these operations alone.
const PATH: &str = "/api/v1/public";
/// A page that lies open on somebody's table ends by itself.
const IDLE: TimeDelta = TimeDelta::minutes(30);
/// However busy, after this one enters anew.
const LONGEST: TimeDelta = TimeDelta::hours(4);

/// A party inside his own case: the only way to every operation of the page.
#[derive(Debug, Clone)]
pub(crate) struct Inside {
    /// The case.
    pub key: KeyOf,
    /// Which party.
    pub party: i16,
    /// The code that it was entered with: what rates count by.
    pub code: Uuid,
}

fn new_token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn cookie(token: String, secure: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, token)).path(PATH).http_only(true).same_site(SameSite::Strict).secure(secure).build()
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    CookieJar::from_headers(headers).get(COOKIE).map(|cookie| cookie.value().to_owned())
}

/// No account is asked for here: whoever is not inside is told how to get in, not to sign in.
fn outside() -> Problem {
    Problem::forbidden("party-session-missing", "请先用查询码进入；停留过久会自动退出，重新输入即可，写好的内容还在")
}

impl FromRequestParts<Parties> for Inside {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, room: &Parties) -> Result<Self, Self::Rejection> {
        if identity::is_cross_site(&parts.method, &parts.uri, &parts.headers) {
            return Err(Problem::forbidden("cross-site-refused", "请求来自其他网站，已拒绝。请从本系统页面操作。").into());
        }
        let token = token_of(&parts.headers).ok_or_else(outside)?;
        let now = room.parts().wall.now();
        let mut connection = room.parts().database.pool().acquire().await?;
        let found = store::session(&mut connection, &hash(&token), now, now - IDLE).await?.ok_or_else(outside)?;
        Ok(Self { key: KeyOf { region: found.region, id: found.case_id.into() }, party: found.party, code: found.code })
    }
}

fn is_secure(room: &Parties, ForwardedHttps(forwarded): ForwardedHttps) -> bool {
    room.parts().secure_cookies || forwarded
}
