//! Organisations (单位): a tree of bureaus, squads, townships, departments and companies.

mod change;
pub(crate) mod create;
mod list;
pub(crate) mod store;
pub mod tree;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use change::{__path_change, change};
pub(crate) use create::{__path_create, create};
pub(crate) use list::{__path_list, list};

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum OrganisationKind {
    /// A bureau (局).
    Bureau,
    /// A command centre (指挥中心).
    Centre,
    /// A brigade (大队).
    Brigade,
    /// A squad (中队).
    Squad,
    /// A township or street (镇街).
    Township,
    /// A professional department (专业部门).
    Department,
    /// A company (企业).
    Company,
}

/// An organisation (单位).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, sqlx::FromRow)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// The organisation above.
    pub parent_id: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// The prefix of region codes it works in.
    pub region: String,
    /// Its place among its sisters.
    pub sort: i32,
    /// Whether it is in use.
    pub active: bool,
    /// The version, for `If-Match`.
    pub version: i64,
}

/// Whether a text is a prefix of region codes: whole levels only, from the province down.
pub(crate) fn is_region(text: &str) -> bool {
    matches!(text.len(), 2 | 4 | 6 | 9 | 12 | 15) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text holds characters that no name does; PostgreSQL refuses one of them outright.
pub(crate) fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}
