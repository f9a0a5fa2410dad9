//! SQL of the personal vault.

use kernel::id::SubjectId;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

pub(super) async fn insert_personal_key(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
    wrapped: &[u8],
) -> sqlx::Result<()> {
    sqlx::query("insert into personal_key (region, subject, wrapped) values ($1, $2, $3)")
        .bind(region)
        .bind(subject.uuid())
        .bind(wrapped)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn insert_personal(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
    field: &str,
    ciphertext: &[u8],
    blind: Option<&[u8]>,
) -> sqlx::Result<()> {
    sqlx::query("insert into personal (region, subject, field, ciphertext, blind) values ($1, $2, $3, $4, $5)")
        .bind(region)
        .bind(subject.uuid())
        .bind(field)
        .bind(ciphertext)
        .bind(blind)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn has_personal_keys(pool: &PgPool) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from personal_key)").fetch_one(pool).await
}

pub(super) async fn personal_key(connection: &mut PgConnection, region: &str, subject: SubjectId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar("select wrapped from personal_key where region = $1 and subject = $2")
        .bind(region)
        .bind(subject.uuid())
        .fetch_optional(connection)
        .await
}

pub(super) async fn personal_fields(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
) -> sqlx::Result<Vec<(String, Vec<u8>)>> {
    sqlx::query_as("select field, ciphertext from personal where region = $1 and subject = $2 order by field")
        .bind(region)
        .bind(subject.uuid())
        .fetch_all(connection)
        .await
}

pub(super) async fn delete_personal(connection: &mut PgConnection, region: &str, subject: SubjectId) -> sqlx::Result<()> {
    sqlx::query("with gone as (delete from personal where region = $1 and subject = $2) delete from personal_key where region = $1 and subject = $2")
        .bind(region)
        .bind(subject.uuid())
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn subjects_by_blind(connection: &mut PgConnection, region: &str, blind: &[u8]) -> sqlx::Result<Vec<SubjectId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar("select subject from personal where region = $1 and blind = $2 limit 100")
        .bind(region)
        .bind(blind)
        .fetch_all(connection)
        .await?;
    Ok(ids.into_iter().map(SubjectId::from).collect())
}
