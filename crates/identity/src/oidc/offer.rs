//! Whether signing in through a provider is offered.

use axum::extract::State;
use http_api::{Answer, Json};
use serde::Serialize;
use utoipa::ToSchema;

use crate::service::Identity;

/// The provider as the sign-in page names it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OidcOffer {
    /// What the button says; nothing where no provider is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// 是否可用统一身份认证登录。
#[utoipa::path(get, path = "/api/v1/session/oidc", tag = "session", operation_id = "oidc_offer", responses((status = 200, body = OidcOffer)))]
pub(crate) async fn offer(State(identity): State<Identity>) -> Answer<Json<OidcOffer>> {
    Ok(Json(OidcOffer { name: identity.provider().map(|provider| provider.settings().name.clone()) }))
}
