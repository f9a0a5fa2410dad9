//! SQL of the files that a party sent.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{PgConnection, PgPool};

pub(super) async fn insert(pool: &PgPool, key: &KeyOf, party: i16, file: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("insert into party_file (region, case_id, party, file, sent_at) values ($1, $2, $3, $4, $5) on conflict do nothing")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .bind(file)
        .bind(at)
        .execute(pool)
        .await
        .map(drop)
}

pub(super) async fn count(pool: &PgPool, key: &KeyOf, party: i16) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from party_file where region = $1 and case_id = $2 and party = $3")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .fetch_one(pool)
        .await
}

/// How many of these files this party sent.
pub(crate) async fn own(connection: &mut PgConnection, key: &KeyOf, party: i16, files: &[String]) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from party_file where region = $1 and case_id = $2 and party = $3 and file = any($4)")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .bind(files)
        .fetch_one(connection)
        .await
}

/// Whether some party of the case sent this file.
pub(crate) async fn of_case(pool: &PgPool, key: &KeyOf, file: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from party_file where region = $1 and case_id = $2 and file = $3)")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(file)
        .fetch_one(pool)
        .await
}
