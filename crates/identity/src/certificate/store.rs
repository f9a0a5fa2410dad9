//! The SQL of certificates.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::{Certificate, Officer};
use crate::Scope;

pub(crate) async fn of(executor: impl PgExecutor<'_>, people: &[Uuid]) -> sqlx::Result<Vec<Certificate>> {
    sqlx::query_as(
        "SELECT person_id, number, valid_from, valid_until, legal_qualified, version FROM enforcement_certificate WHERE person_id = ANY ($1)",
    )
    .bind(people)
    .fetch_all(executor)
    .await
}

pub(crate) async fn write(connection: &mut PgConnection, new: &Certificate, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO enforcement_certificate (person_id, number, valid_from, valid_until, legal_qualified, version, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (person_id) DO UPDATE SET number = excluded.number, valid_from = excluded.valid_from,
            valid_until = excluded.valid_until, legal_qualified = excluded.legal_qualified, version = excluded.version,
            updated_at = excluded.updated_at",
    )
    .bind(new.person_id)
    .bind(&new.number)
    .bind(new.valid_from)
    .bind(new.valid_until)
    .bind(new.legal_qualified)
    .bind(new.version)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Active officers whose ground holds a region of the scope, or lies in one.
pub(crate) async fn officers(pool: &PgPool, scope: &Scope, day: NaiveDate, most: i64) -> sqlx::Result<Vec<Officer>> {
    sqlx::query_as(
        "SELECT p.id, p.name, o.name AS organisation, c.number, c.valid_until,
                coalesce(c.valid_from <= $2 AND $2 <= c.valid_until, false) AS valid
         FROM person p JOIN organisation o ON o.id = p.organisation_id
         LEFT JOIN enforcement_certificate c ON c.person_id = p.id
         WHERE p.active AND p.kind = 'staff' AND NOT p.auxiliary AND 'officer' = ANY (p.roles)
           AND EXISTS (SELECT FROM unnest(CASE WHEN cardinality(p.regions) = 0 THEN ARRAY[o.region] ELSE p.regions END) AS ground,
                unnest($1::text[]) AS mine WHERE mine ^@ ground OR ground ^@ mine)
         ORDER BY valid DESC, p.account LIMIT $3",
    )
    .bind(&scope.regions)
    .bind(day)
    .bind(most)
    .fetch_all(pool)
    .await
}
