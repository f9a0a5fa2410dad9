//! SQL of receipts and their journal.

use chrono::{DateTime, Datelike, Utc};
use kernel::clock::shanghai;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::journal::Move;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct ReceiptRow {
    pub id: Uuid,
    pub region: String,
    pub number: String,
    pub provider: String,
    pub transaction_no: String,
    pub order_no: String,
    pub bill: Option<Uuid>,
    pub fen: i64,
    pub fine_fen: i64,
    pub surcharge_fen: i64,
    pub suspense_fen: i64,
    pub refunded_fen: i64,
    pub why: Option<String>,
    pub said: Option<String>,
    pub heard: String,
    pub paid_at: DateTime<Utc>,
    pub got_at: DateTime<Utc>,
    pub settled_by: Option<Uuid>,
    pub settled_at: Option<DateTime<Utc>>,
    pub settlement: Option<String>,
    pub simulated: bool,
}

/// The next number: JK, the year, eight digits, without a gap.
pub(crate) async fn next_number(connection: &mut PgConnection, region: &str, now: DateTime<Utc>) -> sqlx::Result<String> {
    let year = now.with_timezone(&shanghai()).year();
    let last: i64 = sqlx::query_scalar(
        "insert into payment_counter (region, year, last) values ($1, $2, 1)
         on conflict (region, year) do update set last = payment_counter.last + 1 returning last",
    )
    .bind(region)
    .bind(i16::try_from(year).unwrap_or_default())
    .fetch_one(connection)
    .await?;
    Ok(format!("JK{region}{year}{last:08}"))
}

pub(crate) async fn insert(connection: &mut PgConnection, row: &ReceiptRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_receipt (id, region, number, provider, transaction_no, order_no, bill, fen, fine_fen, surcharge_fen, suspense_fen,
            why, said, heard, paid_at, got_at, simulated)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.number)
    .bind(&row.provider)
    .bind(&row.transaction_no)
    .bind(&row.order_no)
    .bind(row.bill)
    .bind(row.fen)
    .bind(row.fine_fen)
    .bind(row.surcharge_fen)
    .bind(row.suspense_fen)
    .bind(&row.why)
    .bind(&row.said)
    .bind(&row.heard)
    .bind(row.paid_at)
    .bind(row.got_at)
    .bind(row.simulated)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn by_transaction(executor: impl PgExecutor<'_>, provider: &str, transaction: &str) -> sqlx::Result<Option<ReceiptRow>> {
    sqlx::query_as("select * from payment_receipt where provider = $1 and transaction_no = $2")
        .bind(provider)
        .bind(transaction)
        .fetch_optional(executor)
        .await
}

pub(crate) async fn by_id(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<ReceiptRow>> {
    sqlx::query_as("select * from payment_receipt where region = $1 and id = $2").bind(region).bind(id).fetch_optional(executor).await
}

pub(crate) async fn locked(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<ReceiptRow>> {
    sqlx::query_as("select * from payment_receipt where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

pub(crate) async fn of_bill(executor: impl PgExecutor<'_>, bill: Uuid) -> sqlx::Result<Vec<ReceiptRow>> {
    sqlx::query_as("select * from payment_receipt where bill = $1 order by paid_at, id limit 200").bind(bill).fetch_all(executor).await
}

/// Receipts of the district, the newest first; those with money in suspense alone where that is asked for.
pub(crate) async fn list(pool: &PgPool, region: &str, suspense: bool, before: Option<Uuid>, most: i64) -> sqlx::Result<Vec<ReceiptRow>> {
    sqlx::query_as(
        "select * from payment_receipt where region = $1 and (not $2 or suspense_fen > 0) and ($3::uuid is null or id < $3)
         order by id desc limit $4",
    )
    .bind(region)
    .bind(suspense)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Takes a sum out of suspense and to a bill.
pub(crate) async fn settle(
    connection: &mut PgConnection,
    id: Uuid,
    bill: Uuid,
    (fine, surcharge): (i64, i64),
    (person, settlement): (Uuid, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_receipt set bill = $2, fine_fen = fine_fen + $3, surcharge_fen = surcharge_fen + $4, suspense_fen = suspense_fen - $3 - $4,
            settled_by = $5, settled_at = $6, settlement = $7 where id = $1",
    )
    .bind(id)
    .bind(bill)
    .bind(fine)
    .bind(surcharge)
    .bind(person)
    .bind(now)
    .bind(settlement)
    .execute(connection)
    .await
    .map(drop)
}

/// Takes what a change of the decision left over back into suspense, and says why.
pub(crate) async fn release(connection: &mut PgConnection, id: Uuid, (fine, surcharge): (i64, i64), why: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_receipt set fine_fen = fine_fen - $2, surcharge_fen = surcharge_fen - $3, suspense_fen = suspense_fen + $2 + $3,
            why = $4 where id = $1",
    )
    .bind(id)
    .bind(fine)
    .bind(surcharge)
    .bind(why)
    .execute(connection)
    .await
    .map(drop)
}

/// What was given back of a receipt, from where.
pub(crate) async fn give_back(connection: &mut PgConnection, id: Uuid, (fine, surcharge, suspense): (i64, i64, i64)) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_receipt set fine_fen = fine_fen - $2, surcharge_fen = surcharge_fen - $3, suspense_fen = suspense_fen - $4,
            refunded_fen = refunded_fen + $2 + $3 + $4 where id = $1",
    )
    .bind(id)
    .bind(fine)
    .bind(surcharge)
    .bind(suspense)
    .execute(connection)
    .await
    .map(drop)
}

pub(super) async fn entry(
    connection: &mut PgConnection,
    receipt: Uuid,
    one: &Move,
    person: Option<Uuid>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into payment_entry (receipt, at, what, from_account, to_account, fen, person) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(receipt)
        .bind(now)
        .bind(one.what)
        .bind(one.from.code())
        .bind(one.to.code())
        .bind(one.fen)
        .bind(person)
        .execute(connection)
        .await
        .map(drop)
}

/// Keeps that a callback was heard; `false` where it was before.
pub(super) async fn hear(connection: &mut PgConnection, provider: &str, nonce: &str, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let kept = sqlx::query("insert into payment_nonce (provider, nonce, at) values ($1, $2, $3) on conflict do nothing")
        .bind(provider)
        .bind(nonce)
        .bind(now)
        .execute(connection)
        .await?;
    Ok(kept.rows_affected() == 1)
}

/// Forgets callbacks that are too old to be believed anyway.
pub(crate) async fn forget(pool: &PgPool, before: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("delete from payment_nonce where at < $1").bind(before).execute(pool).await.map(drop)
}

/// Receipts whose lines lead elsewhere than they say.
pub(super) async fn receipts_led_wrong(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select r.number from payment_receipt r cross join lateral (
            select coalesce(sum(fen) filter (where from_account = 'provider'), 0) as came,
                coalesce(sum(case when to_account = 'fine' then fen when from_account = 'fine' then -fen end), 0) as fine,
                coalesce(sum(case when to_account = 'surcharge' then fen when from_account = 'surcharge' then -fen end), 0) as surcharge,
                coalesce(sum(case when to_account = 'suspense' then fen when from_account = 'suspense' then -fen end), 0) as suspense,
                coalesce(sum(fen) filter (where to_account = 'refunded'), 0) as refunded
            from payment_entry e where e.receipt = r.id) s
         where (s.came, s.fine, s.surcharge, s.suspense, s.refunded) is distinct from
            (r.fen::numeric, r.fine_fen::numeric, r.surcharge_fen::numeric, r.suspense_fen::numeric, r.refunded_fen::numeric) limit 100",
    )
    .fetch_all(connection)
    .await
}

/// Bills that say another sum was paid than their receipts brought.
pub(super) async fn bills_summed_wrong(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select b.case_number from payment_bill b cross join lateral (
            select coalesce(sum(fine_fen), 0) as fine, coalesce(sum(surcharge_fen), 0) as surcharge from payment_receipt r where r.bill = b.id) s
         where (s.fine, s.surcharge) is distinct from (b.fine_paid_fen::numeric, b.surcharge_paid_fen::numeric) limit 100",
    )
    .fetch_all(connection)
    .await
}
