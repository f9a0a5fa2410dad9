//! SQL of agreements and deliveries.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::{Agreement, Delivery};

pub(super) async fn agreements(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Agreement>> {
    sqlx::query_as(
        "select id, party, agreed_at, signature, subject, words, withdrawn_at from case_agreement
         where region = $1 and case_id = $2 order by agreed_at desc, id desc limit 200",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

pub(super) async fn deliveries(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Delivery>> {
    sqlx::query_as(
        "select id, party, document, kind, title, file, arrived_at, sent_by, opened_at from case_delivery
         where region = $1 and case_id = $2 order by arrived_at desc, id desc limit 2000",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(connection)
    .await
}

pub(super) async fn insert_agreement(connection: &mut PgConnection, key: &KeyOf, it: &Agreement) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_agreement (id, region, case_id, party, agreed_at, signature, subject, words) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(it.id)
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(it.party)
    .bind(it.agreed_at)
    .bind(&it.signature)
    .bind(it.subject)
    .bind(&it.words)
    .execute(connection)
    .await
    .map(drop)
}

/// Withdraws what is in force; says whether anything was.
pub(super) async fn withdraw(connection: &mut PgConnection, key: &KeyOf, party: i16, at: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query("update case_agreement set withdrawn_at = $4 where region = $1 and case_id = $2 and party = $3 and withdrawn_at is null")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .bind(at)
        .execute(connection)
        .await
        .map(|done| done.rows_affected() > 0)
}

pub(super) async fn insert_delivery(connection: &mut PgConnection, key: &KeyOf, it: &Delivery) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_delivery (id, region, case_id, party, document, kind, title, file, arrived_at, sent_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(it.id)
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(it.party)
    .bind(it.document)
    .bind(&it.kind)
    .bind(&it.title)
    .bind(&it.file)
    .bind(it.arrived_at)
    .bind(it.sent_by)
    .execute(connection)
    .await
    .map(drop)
}

/// Notes the first opening; says whether it was the first.
pub(super) async fn open(connection: &mut PgConnection, key: &KeyOf, delivery: Uuid, at: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query("update case_delivery set opened_at = $4 where region = $1 and case_id = $2 and id = $3 and opened_at is null")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(delivery)
        .bind(at)
        .execute(connection)
        .await
        .map(|done| done.rows_affected() > 0)
}

/// When a case was opened.
pub(super) async fn opened(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar("select opened_at from docket where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

/// When each step was taken last.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LastStep {
    pub action: String,
    pub at: DateTime<Utc>,
}

pub(super) async fn last_steps(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<LastStep>> {
    sqlx::query_as("select action, max(at) as at from case_step where region = $1 and case_id = $2 group by action")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}
