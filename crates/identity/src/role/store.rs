//! The SQL of roles and rights.

use sqlx::{PgConnection, PgPool};

use super::grants::{Grants, KnownRight};
use crate::right::RightDefinition;

/// What every role allows.
pub(crate) async fn grants(pool: &PgPool) -> sqlx::Result<Grants> {
    let rights = sqlx::query_as::<_, (String, String, bool)>("SELECT name, label, decides FROM right_definition").fetch_all(pool).await?;
    let pairs = sqlx::query_as::<_, (String, String)>("SELECT role, right_name FROM role_right").fetch_all(pool).await?;
    let rights = rights.into_iter().map(|(name, label, decides)| KnownRight { name, label, decides }).collect();
    Ok(Grants::new(rights, pairs))
}

/// Makes a right known; says whether it is new here.
pub(crate) async fn define(connection: &mut PgConnection, right: &RightDefinition) -> sqlx::Result<bool> {
    // xmax is zero only in a row that this statement inserted.
    sqlx::query_scalar(
        "INSERT INTO right_definition (name, label, decides) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET label = excluded.label, decides = excluded.decides
         RETURNING xmax = 0",
    )
    .bind(right.name)
    .bind(right.label)
    .bind(right.decides)
    .fetch_one(connection)
    .await
}

/// Gives a right to a role.
pub(crate) async fn grant(connection: &mut PgConnection, role: &str, right: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO role_right (role, right_name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(role)
        .bind(right)
        .execute(connection)
        .await?;
    Ok(())
}

/// Each role's version.
pub(crate) async fn versions(pool: &PgPool) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("SELECT code, version FROM role").fetch_all(pool).await
}

/// Raises a role's version if it still is the one that was seen; the new version.
pub(crate) async fn touch(connection: &mut PgConnection, role: &str, seen: i64) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("UPDATE role SET version = version + 1 WHERE code = $1 AND version = $2 RETURNING version")
        .bind(role)
        .bind(seen)
        .fetch_optional(connection)
        .await
}

/// Replaces the rights of a role.
pub(crate) async fn replace(connection: &mut PgConnection, role: &str, rights: &[String]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM role_right WHERE role = $1 AND NOT right_name = ANY ($2)")
        .bind(role)
        .bind(rights)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO role_right (role, right_name) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING")
        .bind(role)
        .bind(rights)
        .execute(connection)
        .await?;
    Ok(())
}
