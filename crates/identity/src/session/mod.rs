//! Sessions (会话): how a person signs in, stays signed in and leaves.

mod begin;
mod change_password;
mod current;
pub(crate) mod recovery;
mod sign_in;
mod sign_ins;
mod sign_out;
pub(crate) mod store;
pub(crate) mod totp;

use std::{
    fmt,
    sync::atomic::{AtomicI64, Ordering},
};

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum_extra::extract::cookie::{Cookie, SameSite};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use http_api::ForwardedHttps;
use rand::Rng;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    caller::Caller,
    role::Role,
    service::{Identity, Settings},
};

pub(crate) use begin::{Begin, begin_through_provider};
pub(crate) use change_password::{__path_change_password, change_password};
pub(crate) use current::{__path_current, current};
pub(crate) use sign_in::{__path_sign_in, sign_in};
pub(crate) use sign_ins::{__path_sign_ins, sign_ins};
pub(crate) use sign_out::{__path_sign_out, sign_out};

/// The session's cookie.
pub const COOKIE: &str = "bihuan_session";
/// Where sessions are made and ended.
pub(crate) const PATH: &str = "/api/v1/session";
/// The longest a session lasts.
const ABSOLUTE: TimeDelta = TimeDelta::hours(12);
/// The longest a session lasts without a request.
const IDLE: TimeDelta = TimeDelta::hours(2);
/// How often a session's last request is written down.
const NOTE_EVERY: TimeDelta = TimeDelta::seconds(60);

/// The SHA-256 of a session's token or of an API key: all that is ever kept.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TokenHash([u8; 32]);

impl TokenHash {
    pub(crate) fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenHash(***)")
    }
}

/// A new random word of 256 bits, for a cookie or a key.
pub(crate) fn new_token() -> String {
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A session that was found, with what ends it.
#[derive(Debug)]
pub(crate) struct Live {
    pub caller: Caller,
    last_seen: AtomicI64,
    expires: DateTime<Utc>,
}

impl Live {
    pub(crate) fn new(caller: Caller, last_seen: DateTime<Utc>, expires: DateTime<Utc>) -> Self {
        Self { caller, last_seen: AtomicI64::new(last_seen.timestamp_micros()), expires }
    }

    fn last_seen(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.last_seen.load(Ordering::Relaxed)).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// Whether the session is over at this moment.
    pub(crate) fn has_ended(&self, now: DateTime<Utc>) -> bool {
        now >= self.expires || now - self.last_seen() >= IDLE
    }

    /// Says whether this request is to be written down as the last one.
    pub(crate) fn touch(&self, now: DateTime<Utc>) -> bool {
        let due = now - self.last_seen() >= NOTE_EVERY;
        if due {
            self.last_seen.store(now.timestamp_micros(), Ordering::Relaxed);
        }
        due
    }
}

/// Who is signed in, and what for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    person: SessionPerson,
    organisation: NamedOrganisation,
    roles: Vec<NamedRole>,
    /// The names of the rights held.
    rights: Vec<String>,
    /// The prefixes of region codes the person works in.
    regions: Vec<String>,
    /// Whether this is the demo city.
    demo: bool,
    /// Whether the password must be changed before anything else.
    must_change_password: bool,
    /// Whether a one-time code is asked at sign-in.
    totp_enabled: bool,
    /// Where the browser leaves the identity provider as well, for who came through it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sign_out_url: Option<String>,
}

/// The signed-in person.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionPerson {
    id: Uuid,
    name: String,
    account: String,
}

/// An organisation by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NamedOrganisation {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

/// A role by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedRole {
    code: String,
    name: String,
}

impl Session {
    fn of(caller: &Caller, identity: &Identity) -> Self {
        let profile = caller.profile();
        Self {
            person: SessionPerson { id: caller.person.uuid(), name: caller.name.clone(), account: caller.account.clone() },
            organisation: NamedOrganisation { id: caller.organisation.uuid(), name: profile.organisation_name.clone() },
            roles: caller
                .roles
                .iter()
                .filter_map(|code| Role::from_code(code))
                .map(|role| NamedRole { code: role.code().into(), name: role.label().into() })
                .collect(),
            rights: caller.rights().map(str::to_owned).collect(),
            regions: profile.regions.clone(),
            demo: identity.settings().demo,
            must_change_password: profile.must_change_password,
            totp_enabled: profile.totp_enabled,
            sign_out_url: None,
        }
    }
}

/// The cookie that carries a session's token, never readable by a page's script nor sent from another site; over TLS, whether the
/// program's own or its proxy's, never sent without.
fn cookie(token: String, settings: &Settings, ForwardedHttps(forwarded): ForwardedHttps) -> Cookie<'static> {
    let secure = settings.secure_cookies || forwarded;
    Cookie::build((COOKIE, token)).path("/").http_only(true).same_site(SameSite::Strict).secure(secure).build()
}

/// What the client says it is, cut to a length that a list can show.
pub(crate) fn agent(headers: &HeaderMap) -> String {
    headers.get(USER_AGENT).map(|agent| String::from_utf8_lossy(agent.as_bytes()).chars().take(200).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_256_bits_and_hashes_do_not_show_themselves() {
        let (one, two) = (new_token(), new_token());
        assert_eq!(one.len(), 43);
        assert_ne!(one, two);
        assert_eq!(format!("{:?}", TokenHash::of(&one)), "TokenHash(***)");
    }
}
