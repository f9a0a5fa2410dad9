//! The history of settings (设置变更记录): who changed what, when, from what to what. It only grows; the application's role cannot rewrite it.
//!
//! Each room writes its line in the transaction of the change itself. No line holds a person's name or telephone: people stand there by
//! their ids, and whoever may read the history sees the names of today.

mod export;
mod kind;
mod list;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use kernel::id::{PersonId, uuid_at};
use serde_json::{Value, json};
use sqlx::PgConnection;

pub(crate) use export::{__path_export, export};
pub(crate) use list::{__path_list, list};

/// A change of a setting (设置变更).
#[derive(Clone, Debug)]
pub struct SettingChange<'a> {
    /// The district it is for; empty for the whole installation.
    pub region: &'a str,
    /// What was done, such as `dispatch-rule-changed`.
    pub action: &'static str,
    /// What it was done to: an id or a code.
    pub target: &'a str,
    /// The setting before; `null` for a new one.
    pub before: Value,
    /// The setting after; `null` for one that is gone.
    pub after: Value,
}

/// Writes a change into the history, in the caller's transaction.
///
/// # Errors
/// The database's.
pub async fn record(
    connection: &mut PgConnection,
    now: DateTime<Utc>,
    actor: impl Into<Option<PersonId>>,
    change: SettingChange<'_>,
) -> sqlx::Result<()> {
    let payload = json!({ "from": change.before, "to": change.after });
    let actor = actor.into().map(PersonId::uuid);
    store::record_in(connection, uuid_at(now), now, actor, change.region, change.action, change.target, &payload).await
}
