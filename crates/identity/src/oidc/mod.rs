//! Signing in through the city's identity provider (统一身份认证), by OpenID Connect: code flow with PKCE, state and nonce.
//!
//! Invariants: the provider says who somebody is and nothing else — roles, rights, regions and whether the account is in use stay here;
//! a state is good once, for ten minutes, in the browser that set out; an account is never made unless the configuration says where, and
//! then without a role; the one-time code is asked here as well, unless the configuration names the provider's word that stands for it.

mod back;
mod offer;
mod provider;
mod second;
mod set_out;
mod settings;
pub(crate) mod store;
mod who;

use axum_extra::extract::cookie::{Cookie, SameSite};
use chrono::TimeDelta;

pub use provider::Provider;
pub use settings::OidcSettings;

pub(crate) use back::{__path_come_back, come_back};
pub(crate) use offer::{__path_offer, offer};
pub(crate) use second::{__path_second_factor, second_factor};
pub(crate) use set_out::{__path_set_out, set_out};
pub(crate) use store::sweep;

/// The cookie of the browser that set out.
const COOKIE: &str = "bihuan_oidc";
/// Where its operations are.
const PATH: &str = "/api/v1/session/oidc";
/// How long a person may take at the provider, and then for the one-time code.
const LASTS: TimeDelta = TimeDelta::minutes(10);
/// The word in the page's address that asks for the one-time code.
const ASK_CODE: &str = "totp-required";

/// `SameSite=Lax`: the way back comes from the provider's site.
fn cookie(value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((COOKIE, value)).path(PATH).http_only(true).same_site(SameSite::Lax).secure(secure).build()
}

/// A page of this program to go back to; the desk where nothing fitting is asked for.
fn page(asked: Option<&str>) -> &'static str {
    match asked {
        Some(asked) if asked.starts_with("/phone") => "/phone/",
        _ => "/desk/",
    }
}
