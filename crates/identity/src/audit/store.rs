//! The SQL of the history of settings.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// Writes a line about a person, an organisation, or what belongs to the whole installation; its district is theirs.
pub(crate) async fn record(
    connection: &mut PgConnection,
    id: Uuid,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    action: &str,
    target: &str,
    payload: &Value,
) -> sqlx::Result<()> {
    let region = region_of(connection, target.parse().ok()).await?;
    record_in(connection, id, at, actor, &region, action, target, payload).await
}

/// Writes a line about a setting of this district.
#[expect(clippy::too_many_arguments, reason = "the columns of one line")]
pub(crate) async fn record_in(
    connection: &mut PgConnection,
    id: Uuid,
    at: DateTime<Utc>,
    actor: Option<Uuid>,
    region: &str,
    action: &str,
    target: &str,
    payload: &Value,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO identity_change (id, at, actor_id, region, action, target, payload) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(id)
        .bind(at)
        .bind(actor)
        .bind(region)
        .bind(action)
        .bind(target)
        .bind(payload)
        .execute(connection)
        .await?;
    Ok(())
}

async fn region_of(connection: &mut PgConnection, target: Option<Uuid>) -> sqlx::Result<String> {
    let Some(target) = target else { return Ok(String::new()) };
    let region: Option<String> = sqlx::query_scalar(
        "SELECT o.region FROM person p JOIN organisation o ON o.id = p.organisation_id WHERE p.id = $1
         UNION ALL SELECT region FROM organisation WHERE id = $1 LIMIT 1",
    )
    .bind(target)
    .fetch_optional(connection)
    .await?;
    Ok(region.unwrap_or_default())
}

/// A line as it is read.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Line {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor_id: Option<Uuid>,
    pub action: String,
    pub target: String,
    pub payload: Value,
}

/// Which lines.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    /// Only of these districts; all when `whole`.
    pub regions: &'a [String],
    /// The whole installation's too.
    pub whole: bool,
    pub actions: Option<Vec<String>>,
    /// Who did it.
    pub actor: Option<Uuid>,
    pub from: Option<DateTime<Utc>>,
    pub to: Option<DateTime<Utc>>,
    /// The last line of the page before.
    pub before: Option<(DateTime<Utc>, Uuid)>,
    pub limit: i64,
}

/// The lines, the newest first.
pub(super) async fn lines(pool: &PgPool, wanted: &Wanted<'_>) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as(
        "SELECT id, at, actor_id, action, target, payload FROM identity_change
         WHERE ($1 OR (region <> '' AND region ^@ ANY ($2)))
           AND ($3::text[] IS NULL OR action = ANY ($3)) AND ($4::uuid IS NULL OR actor_id = $4)
           AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
           AND ($7::timestamptz IS NULL OR (at, id) < ($7, $8))
         ORDER BY at DESC, id DESC LIMIT $9",
    )
    .bind(wanted.whole)
    .bind(wanted.regions)
    .bind(&wanted.actions)
    .bind(wanted.actor)
    .bind(wanted.from)
    .bind(wanted.to)
    .bind(wanted.before.map(|(at, _)| at))
    .bind(wanted.before.map(|(_, id)| id))
    .bind(wanted.limit)
    .fetch_all(pool)
    .await
}
