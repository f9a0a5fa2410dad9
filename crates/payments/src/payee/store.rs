//! SQL of payee accounts.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor};
use uuid::Uuid;

use crate::bill::view::FinePayee;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct PayeeRow {
    pub version: i32,
    pub organ: String,
    pub bank: String,
    pub account: String,
    pub simulated: bool,
    pub set_at: DateTime<Utc>,
}

impl From<PayeeRow> for FinePayee {
    fn from(row: PayeeRow) -> Self {
        Self { organ: row.organ, bank: row.bank, account: row.account, simulated: row.simulated }
    }
}

pub(crate) async fn newest(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<PayeeRow>> {
    sqlx::query_as(
        "select version, organ, bank, account, simulated, set_at from payment_payee where region = $1 order by version desc limit 1",
    )
    .bind(region)
    .fetch_optional(executor)
    .await
}

pub(crate) async fn of_version(executor: impl PgExecutor<'_>, region: &str, version: i32) -> sqlx::Result<PayeeRow> {
    sqlx::query_as("select version, organ, bank, account, simulated, set_at from payment_payee where region = $1 and version = $2")
        .bind(region)
        .bind(version)
        .fetch_one(executor)
        .await
}

pub(super) async fn insert(connection: &mut PgConnection, region: &str, row: &PayeeRow, person: Uuid) -> sqlx::Result<()> {
    sqlx::query("insert into payment_payee (region, version, organ, bank, account, simulated, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(region)
        .bind(row.version)
        .bind(&row.organ)
        .bind(&row.bank)
        .bind(&row.account)
        .bind(row.simulated)
        .bind(person)
        .bind(row.set_at)
        .execute(connection)
        .await
        .map(drop)
}
