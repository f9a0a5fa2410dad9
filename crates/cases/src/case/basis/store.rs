//! SQL of what cases stand on.

use docket::KeyOf;
use sqlx::{PgConnection, types::Json};

use super::{BasisRow, CaseLawSettled};

pub(in crate::case) async fn insert(connection: &mut PgConnection, key: &KeyOf, row: &BasisRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_basis (region, case_id, typed_reason, matter_version, act_region, township, holder, announcement, ours, derivation)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(&row.typed_reason)
    .bind(row.matter_version)
    .bind(&row.act_region)
    .bind(&row.township)
    .bind(&row.holder)
    .bind(&row.announcement)
    .bind(row.ours)
    .bind(&row.derivation)
    .execute(connection)
    .await
    .map(drop)
}

/// What a case stands on; nothing for cases that were opened before it was derived.
pub(in crate::case) async fn read(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<BasisRow>> {
    sqlx::query_as(
        "select typed_reason, matter_version, act_region, township, holder, announcement, ours, derivation, settled
         from case_basis where region = $1 and case_id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_optional(connection)
    .await
}

/// Keeps which law was chosen, and what the case then is judged by.
pub(in crate::case) async fn settle(
    connection: &mut PgConnection,
    key: &KeyOf,
    settled: &CaseLawSettled,
    articles: &str,
    range: (Option<i64>, Option<i64>),
) -> sqlx::Result<()> {
    sqlx::query("update case_basis set settled = $3, matter_version = $4 where region = $1 and case_id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(Json(settled))
        .bind(settled.chosen)
        .execute(&mut *connection)
        .await?;
    sqlx::query("update enforcement_case set articles = $3, fine_min_fen = $4, fine_max_fen = $5 where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(articles)
        .bind(range.0)
        .bind(range.1)
        .execute(connection)
        .await
        .map(drop)
}
