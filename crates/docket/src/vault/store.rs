//! SQL of the personal vault.

use chrono::{DateTime, Utc};
use kernel::id::SubjectId;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::erased::Erased;

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

/// Writes a field anew, or for the first time.
pub(super) async fn replace_personal(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
    field: &str,
    ciphertext: &[u8],
    blind: Option<&[u8]>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into personal (region, subject, field, ciphertext, blind) values ($1, $2, $3, $4, $5)
         on conflict (region, subject, field) do update set ciphertext = excluded.ciphertext, blind = excluded.blind",
    )
    .bind(region)
    .bind(subject.uuid())
    .bind(field)
    .bind(ciphertext)
    .bind(blind)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn has_field(connection: &mut PgConnection, region: &str, subject: SubjectId, field: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from personal where region = $1 and subject = $2 and field = $3)")
        .bind(region)
        .bind(subject.uuid())
        .bind(field)
        .fetch_one(connection)
        .await
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

/// Deletes one field.
pub(super) async fn delete_field(connection: &mut PgConnection, region: &str, subject: SubjectId, field: &str) -> sqlx::Result<()> {
    sqlx::query("delete from personal where region = $1 and subject = $2 and field = $3")
        .bind(region)
        .bind(subject.uuid())
        .bind(field)
        .execute(connection)
        .await
        .map(drop)
}

/// Deletes key and fields and remembers when, in one statement.
pub(super) async fn delete_personal(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "with fields as (delete from personal where region = $1 and subject = $2),
              key as (delete from personal_key where region = $1 and subject = $2)
         insert into erasure (region, subject, at) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(region)
    .bind(subject.uuid())
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Everybody who was erased.
pub(super) async fn erased(pool: &PgPool) -> sqlx::Result<Vec<Erased>> {
    let rows: Vec<(String, Uuid, DateTime<Utc>)> = sqlx::query_as("select region, subject, at from erasure").fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(region, subject, at)| Erased { region, subject, at }).collect())
}

/// Erases these in one statement.
pub(super) async fn erase_all(pool: &PgPool, list: &[&Erased]) -> sqlx::Result<()> {
    let regions: Vec<&str> = list.iter().map(|one| one.region.as_str()).collect();
    let subjects: Vec<Uuid> = list.iter().map(|one| one.subject).collect();
    let times: Vec<DateTime<Utc>> = list.iter().map(|one| one.at).collect();
    sqlx::query(
        "with again as (select * from unnest($1::text[], $2::uuid[], $3::timestamptz[]) as t (region, subject, at)),
              fields as (delete from personal p using again a where p.region = a.region and p.subject = a.subject),
              key as (delete from personal_key k using again a where k.region = a.region and k.subject = a.subject)
         insert into erasure (region, subject, at) select region, subject, at from again on conflict do nothing",
    )
    .bind(regions)
    .bind(subjects)
    .bind(times)
    .execute(pool)
    .await?;
    Ok(())
}

pub(super) async fn erased_at(connection: &mut PgConnection, region: &str, subject: SubjectId) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select at from erasure where region = $1 and subject = $2")
        .bind(region)
        .bind(subject.uuid())
        .fetch_optional(connection)
        .await
}

pub(super) async fn has_blind(
    connection: &mut PgConnection,
    region: &str,
    subject: SubjectId,
    field: &str,
    blind: &[u8],
) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from personal where region = $1 and subject = $2 and field = $3 and blind = $4)")
        .bind(region)
        .bind(subject.uuid())
        .bind(field)
        .bind(blind)
        .fetch_one(connection)
        .await
}

/// Subjects of one page.
const PAGE: i64 = 500;

/// Every subject with this blind index, page by page: nobody is left out silently.
pub(super) async fn subjects_by_blind(connection: &mut PgConnection, region: &str, blind: &[u8]) -> sqlx::Result<Vec<SubjectId>> {
    let mut ids: Vec<Uuid> = Vec::new();
    loop {
        let page: Vec<Uuid> = sqlx::query_scalar(
            "select subject from personal where region = $1 and blind = $2 and ($3::uuid is null or subject > $3) order by subject limit $4",
        )
        .bind(region)
        .bind(blind)
        .bind(ids.last())
        .bind(PAGE)
        .fetch_all(&mut *connection)
        .await?;
        let last = (page.len() as i64) < PAGE;
        ids.extend(page);
        if last {
            return Ok(ids.into_iter().map(SubjectId::from).collect());
        }
    }
}
