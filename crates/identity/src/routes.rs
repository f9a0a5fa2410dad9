//! Every operation of this crate, in one list.

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{audit, certificate, oidc, organisation, person, role, service::Identity, session};

/// The operations on sessions, organisations, people and roles.
pub fn routes(identity: Identity) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in, session::current, session::sign_out))
        .routes(routes!(session::change_password))
        .routes(routes!(session::totp::enrol, session::totp::remove))
        .routes(routes!(session::totp::confirm))
        .routes(routes!(session::recovery::renew))
        .routes(routes!(session::sign_ins))
        .routes(routes!(oidc::offer))
        .routes(routes!(oidc::set_out))
        .routes(routes!(oidc::come_back))
        .routes(routes!(oidc::second_factor))
        .routes(routes!(organisation::list, organisation::create))
        .routes(routes!(organisation::change))
        .routes(routes!(person::list, person::create))
        .routes(routes!(person::one, person::change))
        .routes(routes!(person::disable))
        .routes(routes!(person::enable))
        .routes(routes!(person::unlock))
        .routes(routes!(person::reset_password))
        .routes(routes!(person::reset_totp))
        .routes(routes!(person::unlink_provider))
        .routes(routes!(person::keys, person::create_key))
        .routes(routes!(person::remove_key))
        .routes(routes!(certificate::show, certificate::change))
        .routes(routes!(role::list))
        .routes(routes!(role::change))
        .routes(routes!(audit::list))
        .routes(routes!(audit::export))
        .with_state(identity)
}
