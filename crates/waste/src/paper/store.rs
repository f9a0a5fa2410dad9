//! The SQL of papers.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// Papers of one answer at most.
const MOST: i64 = 1_000;

/// A row of `waste_paper`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PaperRow {
    pub id: Uuid,
    pub region: String,
    pub owner: Uuid,
    pub owner_kind: String,
    pub kind: String,
    pub number: Option<String>,
    pub valid_until: Option<NaiveDate>,
    pub file: Option<String>,
    pub simulated: bool,
    pub added_by: Uuid,
    pub added_at: DateTime<Utc>,
}

/// Papers of some owners, what ends first in front.
pub(crate) async fn of(connection: &mut PgConnection, home: &str, owners: &[Uuid]) -> sqlx::Result<Vec<PaperRow>> {
    sqlx::query_as(
        "select * from waste_paper where region = $1 and owner = any($2) and removed_at is null
         order by valid_until nulls last, id limit $3",
    )
    .bind(home)
    .bind(owners)
    .bind(MOST)
    .fetch_all(connection)
    .await
}

/// One paper.
pub(crate) async fn one(connection: &mut PgConnection, home: &str, id: Uuid) -> sqlx::Result<Option<PaperRow>> {
    sqlx::query_as("select * from waste_paper where region = $1 and id = $2 and removed_at is null")
        .bind(home)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Adds a paper.
pub(crate) async fn add(connection: &mut PgConnection, row: &PaperRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into waste_paper (id, region, owner, owner_kind, kind, number, valid_until, file, simulated, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.owner)
    .bind(&row.owner_kind)
    .bind(&row.kind)
    .bind(&row.number)
    .bind(row.valid_until)
    .bind(&row.file)
    .bind(row.simulated)
    .bind(row.added_by)
    .bind(row.added_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Removes a paper; false where somebody else did.
pub(crate) async fn remove(connection: &mut PgConnection, id: Uuid, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query("update waste_paper set removed_by = $2, removed_at = $3 where id = $1 and removed_at is null")
        .bind(id)
        .bind(by)
        .bind(at)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether a picture belongs to a paper in a scope.
pub(crate) async fn has_picture(pool: &PgPool, scope: &Scope, home: &str, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from waste_paper w left join waste_place p on p.id = w.owner
        left join waste_vehicle v on v.id = w.owner left join waste_driver d on d.id = w.owner
        left join waste_carrier c on c.id = coalesce(v.carrier, d.carrier, w.owner) where w.removed_at is null and w.region = ",
    );
    query.push_bind(home.to_owned()).push(" and w.file = ").push_bind(file.to_owned());
    scope::push(&mut query, scope, "coalesce(p.jurisdiction, c.jurisdiction)", "coalesce(p.organisation, c.organisation)");
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}
