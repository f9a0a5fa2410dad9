//! Identity (身份): the organisation tree, people, sessions, and who may do what where.
//!
//! Invariants:
//! - a right is action × role × jurisdiction, decided in [`Caller`] alone; handlers ask for it in their signature with
//!   [`Allowed`], and lists are filtered by the same [`Scope`];
//! - an auxiliary (协管员) never holds a right that decides, whatever his roles: refused when roles are given, and again
//!   at every check;
//! - nobody gives, or takes from, more than he holds himself;
//! - passwords are kept as argon2id, tokens and keys as SHA-256, one-time-code secrets sealed with a key from outside the
//!   database; none of them is ever logged;
//! - what changes who may do what is seen by the next request of this process, and within three seconds by every other.

mod allowed;
pub mod audit;
mod authority;
pub mod bootstrap;
mod caller;
mod certificate;
mod cross_site;
mod error;
mod layer;
mod oidc;
mod organisation;
mod password;
mod person;
mod right;
mod rights;
mod role;
mod routes;
mod seal;
mod service;
mod session;
mod weakness;

use database::Migration;

pub use allowed::Allowed;
pub use caller::{Caller, Profile, Scope};
pub use certificate::{Certificate, Officer};
pub use cross_site::refused as is_cross_site;
pub use error::{IdentityError, Result};
pub use layer::{IdentityLayer, Resolve, layer};
pub use oidc::{OidcSettings, Provider};
pub use organisation::{Organisation, OrganisationKind, tree::OrganisationTree};
pub use password::Password;
pub use person::Person;
pub use right::{Right, RightDefinition};
pub use rights::{
    ManageApiKeys, ManageOrganisations, ManagePeople, ManageRoles, SeeOrganisations, SeePeople, SeeRoles, SeeSettingsHistory, SeeSignIns,
    rights,
};
pub use role::{
    Reach, Role,
    grants::{Grants, KnownRight},
};
pub use routes::routes;
pub use service::{Identity, Settings};
pub use session::{COOKIE, Session};
pub use weakness::Weaknesses;

/// The tables of this crate.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 3000, name: "people", sql: include_str!("../migrations/3000_people.sql") },
    Migration { version: 3040, name: "settings_history", sql: include_str!("../migrations/3040_settings_history.sql") },
    Migration { version: 3050, name: "recovery_codes", sql: include_str!("../migrations/3050_recovery_codes.sql") },
    Migration { version: 3060, name: "oidc", sql: include_str!("../migrations/3060_oidc.sql") },
    Migration { version: 3061, name: "certificate", sql: include_str!("../migrations/3061_certificate.sql") },
    Migration { version: 3066, name: "liaison", sql: include_str!("../migrations/3066_liaison.sql") },
    Migration { version: 3067, name: "enterprise", sql: include_str!("../migrations/3067_enterprise.sql") },
];
