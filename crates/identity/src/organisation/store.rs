//! The SQL of organisations.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{Organisation, OrganisationKind, tree::OrganisationTree};

/// Every organisation.
pub(crate) async fn tree(pool: &PgPool) -> sqlx::Result<OrganisationTree> {
    let rows = sqlx::query_as::<_, Organisation>(
        "SELECT id, parent_id, name, kind, region, sort, active, version FROM organisation ORDER BY sort, name, id",
    )
    .fetch_all(pool)
    .await?;
    Ok(OrganisationTree::new(rows))
}

/// Locks the tree against other changes of its shape until the transaction ends, and reads it.
pub(crate) async fn lock_tree(connection: &mut PgConnection) -> sqlx::Result<OrganisationTree> {
    sqlx::query("LOCK TABLE organisation IN SHARE ROW EXCLUSIVE MODE").execute(&mut *connection).await?;
    let rows = sqlx::query_as::<_, Organisation>(
        "SELECT id, parent_id, name, kind, region, sort, active, version FROM organisation ORDER BY sort, name, id",
    )
    .fetch_all(connection)
    .await?;
    Ok(OrganisationTree::new(rows))
}

/// What makes an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub name: &'a str,
    pub kind: OrganisationKind,
    pub region: &'a str,
    pub sort: i32,
    pub active: bool,
}

/// Adds an organisation.
pub(crate) async fn insert(connection: &mut PgConnection, row: &Row<'_>, now: DateTime<Utc>) -> sqlx::Result<Organisation> {
    sqlx::query_as(
        "INSERT INTO organisation (id, parent_id, name, kind, region, sort, active, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         RETURNING id, parent_id, name, kind, region, sort, active, version",
    )
    .bind(row.id)
    .bind(row.parent_id)
    .bind(row.name)
    .bind(row.kind)
    .bind(row.region)
    .bind(row.sort)
    .bind(row.active)
    .bind(now)
    .fetch_one(connection)
    .await
}

/// Writes an organisation anew if its version still is the one that was seen.
pub(crate) async fn update(
    connection: &mut PgConnection,
    row: &Row<'_>,
    seen: i64,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Organisation>> {
    sqlx::query_as(
        "UPDATE organisation SET parent_id = $2, name = $3, kind = $4, region = $5, sort = $6, active = $7, updated_at = $8,
                version = version + 1
         WHERE id = $1 AND version = $9
         RETURNING id, parent_id, name, kind, region, sort, active, version",
    )
    .bind(row.id)
    .bind(row.parent_id)
    .bind(row.name)
    .bind(row.kind)
    .bind(row.region)
    .bind(row.sort)
    .bind(row.active)
    .bind(now)
    .bind(seen)
    .fetch_optional(connection)
    .await
}
