//! SQL of bills and their parts.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::BillState;

#[derive(Debug, Clone, FromRow)]
pub(crate) struct BillRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub case_number: String,
    pub matter: String,
    pub jurisdiction: String,
    pub unit: Option<Uuid>,
    pub code: String,
    pub payee: i32,
    pub fine_fen: i64,
    pub surcharge_stated: bool,
    pub due_on: NaiveDate,
    pub state: String,
    pub why: Option<String>,
    pub fine_paid_fen: i64,
    pub surcharge_paid_fen: i64,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub simulated: bool,
}

impl BillRow {
    pub fn state(&self) -> BillState {
        self.state.parse().unwrap_or(BillState::Cancelled)
    }

    pub fn key(&self) -> docket::KeyOf {
        docket::KeyOf { region: self.region.clone(), id: self.case_id.into() }
    }
}

#[derive(Debug, Clone, FromRow)]
pub(crate) struct PartRow {
    pub ordinal: i16,
    pub due_on: NaiveDate,
    pub fen: i64,
}

pub(crate) async fn insert(connection: &mut PgConnection, bill: &BillRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into payment_bill (id, region, case_id, case_number, matter, jurisdiction, unit, code, payee, fine_fen, surcharge_stated,
            due_on, state, made_by, made_at, looked_at, simulated)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16)",
    )
    .bind(bill.id)
    .bind(&bill.region)
    .bind(bill.case_id)
    .bind(&bill.case_number)
    .bind(&bill.matter)
    .bind(&bill.jurisdiction)
    .bind(bill.unit)
    .bind(&bill.code)
    .bind(bill.payee)
    .bind(bill.fine_fen)
    .bind(bill.surcharge_stated)
    .bind(bill.due_on)
    .bind(&bill.state)
    .bind(bill.made_by)
    .bind(bill.made_at)
    .bind(bill.simulated)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn by_id(executor: impl PgExecutor<'_>, id: Uuid) -> sqlx::Result<Option<BillRow>> {
    sqlx::query_as("select * from payment_bill where id = $1").bind(id).fetch_optional(executor).await
}

pub(crate) async fn by_code(executor: impl PgExecutor<'_>, code: &str) -> sqlx::Result<Option<BillRow>> {
    sqlx::query_as("select * from payment_bill where code = $1").bind(code).fetch_optional(executor).await
}

/// Held until the transaction ends; the case is held before.
pub(crate) async fn locked(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<BillRow>> {
    sqlx::query_as("select * from payment_bill where id = $1 for update").bind(id).fetch_optional(connection).await
}

/// The bills of a case, the newest first.
pub(crate) async fn of_case(executor: impl PgExecutor<'_>, region: &str, case: Uuid) -> sqlx::Result<Vec<BillRow>> {
    sqlx::query_as("select * from payment_bill where region = $1 and case_id = $2 order by id desc limit 20")
        .bind(region)
        .bind(case)
        .fetch_all(executor)
        .await
}

pub(crate) async fn parts(executor: impl PgExecutor<'_>, bill: Uuid) -> sqlx::Result<Vec<PartRow>> {
    sqlx::query_as("select ordinal, due_on, fen from payment_part where bill = $1 order by ordinal").bind(bill).fetch_all(executor).await
}

pub(crate) async fn replace_parts(connection: &mut PgConnection, bill: Uuid, parts: &[(NaiveDate, i64)]) -> sqlx::Result<()> {
    sqlx::query("delete from payment_part where bill = $1").bind(bill).execute(&mut *connection).await?;
    let (days, sums): (Vec<NaiveDate>, Vec<i64>) = parts.iter().copied().unzip();
    sqlx::query(
        "insert into payment_part (bill, ordinal, due_on, fen)
         select $1, it.ordinal::smallint, it.due_on, it.fen from unnest($2::date[], $3::bigint[]) with ordinality as it (due_on, fen, ordinal)",
    )
    .bind(bill)
    .bind(days)
    .bind(sums)
    .execute(connection)
    .await
    .map(drop)
}

/// What came for the fine of a bill, by the day it was paid in the city.
pub(crate) async fn payments(connection: &mut PgConnection, bill: Uuid) -> sqlx::Result<Vec<(NaiveDate, i64)>> {
    sqlx::query_as(
        "select (paid_at at time zone 'Asia/Shanghai')::date, sum(fine_fen)::bigint from payment_receipt where bill = $1 and fine_fen > 0
         group by 1 order by 1",
    )
    .bind(bill)
    .fetch_all(connection)
    .await
}

/// Adds what came, or takes away what was given back.
pub(crate) async fn add_paid(
    connection: &mut PgConnection,
    id: Uuid,
    (fine, surcharge): (i64, i64),
    state: BillState,
    ended: Option<DateTime<Utc>>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_bill set fine_paid_fen = fine_paid_fen + $2, surcharge_paid_fen = surcharge_paid_fen + $3, state = $4,
            ended_at = coalesce($5, ended_at) where id = $1",
    )
    .bind(id)
    .bind(fine)
    .bind(surcharge)
    .bind(state.code())
    .bind(ended)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn cancel(connection: &mut PgConnection, id: Uuid, why: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_bill set state = 'cancelled', why = $2, ended_at = $3 where id = $1 and state in ('open', 'partly', 'paid')",
    )
    .bind(id)
    .bind(why)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes what a change of the decision left of a bill.
pub(super) async fn change(connection: &mut PgConnection, bill: &BillRow, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update payment_bill set fine_fen = $2, fine_paid_fen = $3, surcharge_paid_fen = $4, state = $5,
            ended_at = case when $5 = 'paid' then coalesce(ended_at, $6) else ended_at end where id = $1",
    )
    .bind(bill.id)
    .bind(bill.fine_fen)
    .bind(bill.fine_paid_fen)
    .bind(bill.surcharge_paid_fen)
    .bind(&bill.state)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// Bills that wait for money, those that were not looked at for longest first.
pub(crate) async fn to_look_at(pool: &PgPool, region: &str, before: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<BillRow>> {
    sqlx::query_as(
        "select * from payment_bill where region = $1 and state in ('open', 'partly') and looked_at < $2 order by looked_at limit $3",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .fetch_all(pool)
    .await
}

pub(crate) async fn looked(connection: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update payment_bill set looked_at = $2 where id = $1").bind(id).bind(now).execute(connection).await.map(drop)
}

/// Which bills are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub state: Option<BillState>,
    /// Due before this day and not paid.
    pub overdue: Option<NaiveDate>,
    pub q: Option<String>,
    pub before: Option<Uuid>,
}

pub(crate) async fn list(pool: &PgPool, region: &str, scope: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<BillRow>> {
    let mut query: QueryBuilder<Postgres> = QueryBuilder::new("select b.* from payment_bill b where b.region = ");
    query.push_bind(region.to_owned());
    narrow(&mut query, scope);
    if let Some(state) = wanted.state {
        query.push(" and b.state = ").push_bind(state.code());
    }
    if let Some(day) = wanted.overdue {
        query.push(
            " and b.state in ('open', 'partly') and coalesce((select min(p.due_on) from payment_part p where p.bill = b.id
            and (select sum(o.fen) from payment_part o where o.bill = b.id and o.ordinal <= p.ordinal) > b.fine_paid_fen), b.due_on) < ",
        );
        query.push_bind(day);
    }
    if let Some(q) = &wanted.q {
        let column = if super::code::read(q).is_some() { "b.code" } else { "b.case_number" };
        query.push(" and ").push(column).push(" = ").push_bind(q.clone());
    }
    if let Some(before) = wanted.before {
        query.push(" and b.id < ").push_bind(before);
    }
    query.push(" order by b.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Narrows bills, called `b`, to what a scope covers.
fn narrow(query: &mut QueryBuilder<Postgres>, scope: &Scope) {
    if let Some(units) = &scope.units {
        query.push(" and b.unit = any(").push_bind(units.clone()).push(")");
        return;
    }
    if scope.regions.iter().any(String::is_empty) {
        return;
    }
    query.push(" and (false");
    for region in &scope.regions {
        query.push(" or starts_with(b.jurisdiction, ").push_bind(region.clone()).push(")");
    }
    query.push(")");
}
