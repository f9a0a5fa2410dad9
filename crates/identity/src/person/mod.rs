//! People (人员): everybody who has an account, machines included.

mod actions;
mod api_keys;
mod change;
pub(crate) mod create;
mod list;
mod of;
pub(crate) mod rules;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use actions::{
    __path_disable, __path_enable, __path_reset_password, __path_reset_totp, __path_unlink_provider, __path_unlock, disable, enable,
    reset_password, reset_totp, unlink_provider, unlock,
};
pub(crate) use api_keys::{__path_create_key, __path_keys, __path_remove_key, create_key, keys, remove_key};
pub(crate) use change::{__path_change, change};
pub(crate) use create::{__path_create, create};
pub(crate) use list::{__path_list, __path_one, list, one};

use crate::session::NamedOrganisation;

/// A person (人员).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Person {
    /// Its id.
    pub id: Uuid,
    /// What the person types to sign in.
    pub account: String,
    /// The name that colleagues read.
    pub name: String,
    /// The organisation.
    pub organisation: NamedOrganisation,
    /// Role codes.
    pub roles: Vec<String>,
    /// Prefixes of region codes; empty means the organisation's own.
    pub regions: Vec<String>,
    /// Whether the account is in use.
    pub active: bool,
    /// Until when the account is locked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
    /// Whether an auxiliary (协管员), who never decides.
    pub auxiliary: bool,
    /// Whether a one-time code is asked at sign-in.
    pub totp_enabled: bool,
    /// Whether the identity provider's word stands for the account (统一身份认证).
    pub provider_linked: bool,
    /// The version, for `If-Match`.
    pub version: i64,
}
