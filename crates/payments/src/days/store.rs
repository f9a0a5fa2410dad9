//! SQL of reconciliation.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

#[derive(Debug, Clone, FromRow)]
pub(super) struct FileRow {
    pub id: Uuid,
    pub day: NaiveDate,
    pub digest: String,
    pub rows: i32,
    pub imported_by: Uuid,
    pub imported_at: DateTime<Utc>,
    pub matched: i64,
    pub missing_here: i64,
    pub missing_there: i64,
    pub different: i64,
    pub open: i64,
}

#[derive(Debug, Clone, FromRow)]
pub(super) struct LineRow {
    pub ordinal: i32,
    pub kind: String,
    pub transaction_no: String,
    pub order_no: String,
    pub there_fen: Option<i64>,
    pub here_fen: Option<i64>,
    pub settled_by: Option<Uuid>,
    pub settled_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
}

/// A file with the count of its rows of each kind.
macro_rules! files {
    ($tail:literal) => {
        concat!(
            "select f.id, f.day, f.digest, f.rows, f.imported_by, f.imported_at, count(*) filter (where r.kind = 'matched') as matched,
                count(*) filter (where r.kind = 'missing-here') as missing_here, count(*) filter (where r.kind = 'missing-there') as missing_there,
                count(*) filter (where r.kind = 'different') as different,
                count(*) filter (where r.kind <> 'matched' and r.settled_by is null) as open
             from payment_day_file f left join payment_day_row r on r.file = f.id ",
            $tail
        )
    };
}

pub(super) async fn of_day(executor: impl PgExecutor<'_>, region: &str, provider: &str, day: NaiveDate) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as(files!("where f.region = $1 and f.provider = $2 and f.day = $3 group by f.id"))
        .bind(region)
        .bind(provider)
        .bind(day)
        .fetch_optional(executor)
        .await
}

pub(super) async fn by_id(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<FileRow>> {
    sqlx::query_as(files!("where f.region = $1 and f.id = $2 group by f.id")).bind(region).bind(id).fetch_optional(executor).await
}

pub(super) async fn list(pool: &PgPool, region: &str) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as(files!("where f.region = $1 group by f.id order by f.day desc limit 400")).bind(region).fetch_all(pool).await
}

#[expect(clippy::too_many_arguments, reason = "the columns of one row")]
pub(super) async fn insert(
    connection: &mut PgConnection,
    id: Uuid,
    (region, provider): (&str, &str),
    day: NaiveDate,
    digest: &str,
    rows: i32,
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_day_file (id, region, provider, day, digest, rows, imported_by, imported_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(region)
    .bind(provider)
    .bind(day)
    .bind(digest)
    .bind(rows)
    .bind(person)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// What we have of these transactions: receipts, and refunds by our own number.
pub(super) async fn ours(connection: &mut PgConnection, provider: &str, transactions: &[String]) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("select transaction_no, fen from payment_receipt where provider = $1 and transaction_no = any($2)")
        .bind(provider)
        .bind(transactions)
        .fetch_all(connection)
        .await
}

pub(super) async fn our_refunds(connection: &mut PgConnection, provider_numbers: &[String]) -> sqlx::Result<Vec<(String, i64)>> {
    sqlx::query_as("select provider_no, fen from payment_refund where provider_no = any($1)")
        .bind(provider_numbers)
        .fetch_all(connection)
        .await
}

/// What we have of a day: transaction, order, sum.
pub(super) async fn ours_of_day(
    connection: &mut PgConnection,
    region: &str,
    provider: &str,
    day: NaiveDate,
) -> sqlx::Result<Vec<(String, String, i64)>> {
    sqlx::query_as(
        "select transaction_no, order_no, fen from payment_receipt
         where region = $1 and provider = $2 and (paid_at at time zone 'Asia/Shanghai')::date = $3 order by transaction_no",
    )
    .bind(region)
    .bind(provider)
    .bind(day)
    .fetch_all(connection)
    .await
}

/// What we gave back on a day: the provider's number, ours, sum.
pub(super) async fn our_refunds_of_day(
    connection: &mut PgConnection,
    region: &str,
    provider: &str,
    day: NaiveDate,
) -> sqlx::Result<Vec<(String, String, i64)>> {
    sqlx::query_as(
        "select f.provider_no, replace(f.id::text, '-', '') || case when f.attempt > 0 then '-' || f.attempt else '' end, f.fen
         from payment_refund f join payment_receipt r on r.id = f.receipt
         where f.region = $1 and r.provider = $2 and f.state = 'done' and (f.done_at at time zone 'Asia/Shanghai')::date = $3
         order by f.provider_no",
    )
    .bind(region)
    .bind(provider)
    .bind(day)
    .fetch_all(connection)
    .await
}

pub(super) async fn insert_rows(connection: &mut PgConnection, file: Uuid, rows: &[LineRow]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_day_row (file, ordinal, kind, transaction_no, order_no, there_fen, here_fen)
         select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])",
    )
    .bind(file)
    .bind(rows.iter().map(|row| row.ordinal).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.kind.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.transaction_no.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.order_no.clone()).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.there_fen).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.here_fen).collect::<Vec<_>>())
    .execute(connection)
    .await
    .map(drop)
}

/// Rows of a file: first those that do not match.
pub(super) async fn rows(pool: &PgPool, file: Uuid, most: i64) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "select ordinal, kind, transaction_no, order_no, there_fen, here_fen, settled_by, settled_at, reason from payment_day_row where file = $1
         order by kind = 'matched', ordinal limit $2",
    )
    .bind(file)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Settles a difference; `false` where there is none that is open.
pub(super) async fn settle(
    connection: &mut PgConnection,
    file: Uuid,
    ordinal: i32,
    reason: &str,
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update payment_day_row set reason = $3, settled_by = $4, settled_at = $5
         where file = $1 and ordinal = $2 and kind <> 'matched' and settled_by is null",
    )
    .bind(file)
    .bind(ordinal)
    .bind(reason)
    .bind(person)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
