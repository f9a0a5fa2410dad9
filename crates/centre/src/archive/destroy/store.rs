//! The SQL of lists of what is destroyed.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A row of `centre_destruction`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ListRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub state: String,
    pub reason: String,
    pub volumes: Vec<Uuid>,
    pub proposed_by: Uuid,
    pub proposed_at: DateTime<Utc>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decision: Option<String>,
    pub done_by: Option<Uuid>,
    pub watched_by: Option<Uuid>,
    pub done_at: Option<DateTime<Utc>>,
}

/// Lists on a scope's ground, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, most: i64) -> sqlx::Result<Vec<ListRow>> {
    let mut query = QueryBuilder::new("select * from centre_destruction d where d.region = ");
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "d.jurisdiction");
    query.push(" order by d.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a list on a scope's ground until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<ListRow>> {
    let mut query = QueryBuilder::new("select * from centre_destruction d where d.region = ");
    query.push_bind(region.to_owned()).push(" and d.id = ").push_bind(id);
    scope::push_inside(&mut query, scope, "d.jurisdiction");
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// Proposes a list.
pub(crate) async fn insert(connection: &mut PgConnection, row: &ListRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into centre_destruction (id, region, jurisdiction, state, reason, volumes, proposed_by, proposed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(&row.state)
    .bind(&row.reason)
    .bind(&row.volumes)
    .bind(row.proposed_by)
    .bind(row.proposed_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes what a step changed.
pub(crate) async fn update(connection: &mut PgConnection, row: &ListRow) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_destruction set state = $2, decided_by = $3, decided_at = $4, decision = $5, done_by = $6, watched_by = $7, done_at = $8
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.decided_by)
    .bind(row.decided_at)
    .bind(&row.decision)
    .bind(row.done_by)
    .bind(row.watched_by)
    .bind(row.done_at)
    .execute(connection)
    .await
    .map(drop)
}
