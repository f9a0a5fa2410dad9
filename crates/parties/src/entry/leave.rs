//! Leave (退出).

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
};
use axum_extra::extract::cookie::CookieJar;
use http_api::{Answer, ForwardedHttps};

use super::{cookie, hash, is_secure, store, token_of};
use crate::Parties;

/// Ends the session; where there is none, nothing happens.
#[utoipa::path(delete, path = "/api/v1/public/party-session", tag = "public", operation_id = "leave_my_case",
    responses((status = 204, description = "Left")))]
pub(crate) async fn leave(
    State(room): State<Parties>,
    forwarded: ForwardedHttps,
    headers: HeaderMap,
    jar: CookieJar,
) -> Answer<impl IntoResponse> {
    if let Some(token) = token_of(&headers) {
        let mut connection = room.parts().database.pool().acquire().await?;
        store::end(&mut connection, &hash(&token)).await?;
    }
    Ok((StatusCode::NO_CONTENT, jar.remove(cookie(String::new(), is_secure(&room, forwarded)))))
}
