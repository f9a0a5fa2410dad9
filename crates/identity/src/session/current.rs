//! Who is signed in.

use axum::extract::State;
use http_api::{Answer, Json};

use super::{Session, store};
use crate::{caller::Caller, service::Identity};

/// 当前会话。
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = Session), (status = 401, description = "not-signed-in")))]
pub(crate) async fn current(State(identity): State<Identity>, caller: Caller) -> Answer<Json<Session>> {
    let mut session = Session::of(&caller, &identity);
    if let (Some(provider), Some(token)) = (identity.provider(), caller.session())
        && store::is_through_provider(identity.pool(), token).await?
    {
        session.sign_out_url = provider.sign_out_url().await;
    }
    Ok(Json(session))
}
