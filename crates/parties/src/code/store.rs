//! SQL of codes.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A code's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CodeRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub party: i16,
    pub issued_at: DateTime<Utc>,
    pub issued_by: Uuid,
    pub revoked_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, region, case_id, party, issued_at, issued_by, revoked_at";

pub(super) async fn insert(connection: &mut PgConnection, row: &CodeRow, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("insert into party_code (id, region, case_id, party, hash, issued_at, issued_by) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id)
        .bind(&row.region)
        .bind(row.case_id)
        .bind(row.party)
        .bind(hash)
        .bind(row.issued_at)
        .bind(row.issued_by)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes the code in force back, and every session that was entered with it; says whether there was one.
pub(super) async fn revoke(connection: &mut PgConnection, key: &KeyOf, party: i16, by: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let gone: Option<Uuid> = sqlx::query_scalar(
        "update party_code set revoked_at = $4, revoked_by = $5 where region = $1 and case_id = $2 and party = $3 and revoked_at is null
         returning id",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(party)
    .bind(at)
    .bind(by)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = gone else { return Ok(false) };
    sqlx::query("delete from party_session where code = $1").bind(id).execute(connection).await?;
    Ok(true)
}

/// The code in force that hashes to this.
pub(crate) async fn in_force(connection: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<CodeRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!("select {COLUMNS} from party_code where hash = $1 and revoked_at is null")))
        .bind(hash)
        .fetch_optional(connection)
        .await
}

/// The codes of a case, the newest first.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<CodeRow>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from party_code where region = $1 and case_id = $2 order by issued_at desc, id desc limit 200"
    )))
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}
