//! The SQL of loans.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::scope;

/// A row of `centre_loan`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LoanRow {
    pub id: Uuid,
    pub region: String,
    pub volume: Uuid,
    pub form: String,
    pub state: String,
    pub reason: String,
    pub days: i32,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decision: Option<String>,
    pub handed_by: Option<Uuid>,
    pub handed_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    pub renewals: i32,
    pub returned_to: Option<Uuid>,
    pub returned_at: Option<DateTime<Utc>>,
    pub condition: Option<String>,
    pub reminded_on: Option<NaiveDate>,
}

/// A loan with its volume.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Listed {
    #[sqlx(flatten)]
    pub loan: LoanRow,
    pub code: String,
    pub docket: Uuid,
    pub case_number: String,
    pub inspections: i64,
}

/// Which loans.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub states: Vec<String>,
    pub borrower: Option<Uuid>,
    pub volume: Option<Uuid>,
    pub id: Option<Uuid>,
    /// Only paper files that were due before that day.
    pub overdue: Option<NaiveDate>,
    pub before: Option<Uuid>,
    pub most: i64,
}

/// Loans of volumes on a scope's ground, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let mut query = QueryBuilder::new(
        "select l.*, v.code, v.docket, v.case_number, (select count(*) from centre_inspection i where i.loan = l.id) as inspections
         from centre_loan l join centre_volume v on v.id = l.volume where l.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "v.jurisdiction");
    if !wanted.states.is_empty() {
        query.push(" and l.state = any (").push_bind(wanted.states.clone()).push(")");
    }
    if let Some(borrower) = wanted.borrower {
        query.push(" and l.asked_by = ").push_bind(borrower);
    }
    if let Some(volume) = wanted.volume {
        query.push(" and l.volume = ").push_bind(volume);
    }
    if let Some(id) = wanted.id {
        query.push(" and l.id = ").push_bind(id);
    }
    if let Some(day) = wanted.overdue {
        query.push(" and l.state = 'lent' and l.due_on < ").push_bind(day);
    }
    if let Some(before) = wanted.before {
        query.push(" and l.id < ").push_bind(before);
    }
    query.push(" order by l.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// Asks for a volume; `false` where the caller asked already.
pub(crate) async fn insert(connection: &mut PgConnection, row: &LoanRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_loan (id, region, volume, form, state, reason, days, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (volume, asked_by) where state in ('asked', 'approved', 'lent') do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.volume)
    .bind(&row.form)
    .bind(&row.state)
    .bind(&row.reason)
    .bind(row.days)
    .bind(row.asked_by)
    .bind(row.asked_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes what a step changed.
pub(crate) async fn update(connection: &mut PgConnection, row: &LoanRow) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_loan set state = $2, decided_by = $3, decided_at = $4, decision = $5, handed_by = $6, handed_at = $7, due_on = $8,
            renewals = $9, returned_to = $10, returned_at = $11, condition = $12, reminded_on = $13 where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.decided_by)
    .bind(row.decided_at)
    .bind(&row.decision)
    .bind(row.handed_by)
    .bind(row.handed_at)
    .bind(row.due_on)
    .bind(row.renewals)
    .bind(row.returned_to)
    .bind(row.returned_at)
    .bind(&row.condition)
    .bind(row.reminded_on)
    .execute(connection)
    .await
    .map(drop)
}

/// Notes who looked into the electronic file.
pub(crate) async fn inspected(connection: &mut PgConnection, loan: Uuid, person: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("insert into centre_inspection (loan, person, at) values ($1, $2, $3)")
        .bind(loan)
        .bind(person)
        .bind(at)
        .execute(connection)
        .await
        .map(drop)
}

/// A paper file that is overdue.
#[derive(Debug, FromRow)]
pub(crate) struct Overdue {
    pub id: Uuid,
    pub asked_by: Uuid,
    pub code: String,
    pub case_number: String,
    pub docket: Uuid,
    pub due_on: NaiveDate,
}

/// Overdue paper files whose borrowers were not reminded since `since`, held until the commit; other programs pass them by.
pub(crate) async fn to_remind(connection: &mut PgConnection, today: NaiveDate, since: NaiveDate) -> sqlx::Result<Vec<Overdue>> {
    sqlx::query_as(
        "select l.id, l.asked_by, v.code, v.case_number, v.docket, l.due_on from centre_loan l join centre_volume v on v.id = l.volume
         where l.state = 'lent' and l.due_on < $1 and (l.reminded_on is null or l.reminded_on <= $2)
         order by l.due_on limit 200 for update of l skip locked",
    )
    .bind(today)
    .bind(since)
    .fetch_all(connection)
    .await
}

/// Notes that a borrower was reminded.
pub(crate) async fn reminded(connection: &mut PgConnection, loan: Uuid, on: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("update centre_loan set reminded_on = $2 where id = $1").bind(loan).bind(on).execute(connection).await.map(drop)
}

/// A loan that was agreed to and has had its time.
#[derive(Debug, FromRow)]
pub(crate) struct Expired {
    pub id: Uuid,
    pub region: String,
    pub form: String,
    pub code: String,
    pub docket: Uuid,
}

/// Ends the loans that were agreed to and have had their time on that day; in the order of their cases, whose ledgers are written next. A paper file
/// that nobody fetched has its days from the day it was agreed to.
pub(crate) async fn expire(connection: &mut PgConnection, today: NaiveDate) -> sqlx::Result<Vec<Expired>> {
    sqlx::query_as(
        "with over as (
            select l.id from centre_loan l where l.state = 'approved'
                and coalesce(l.due_on, (l.decided_at at time zone 'Asia/Shanghai')::date + l.days) < $1
            order by l.id limit 200 for update skip locked),
         ended as (update centre_loan l set state = 'expired' from over where l.id = over.id returning l.id, l.region, l.form, l.volume)
         select e.id, e.region, e.form, v.code, v.docket from ended e join centre_volume v on v.id = e.volume order by v.docket, e.id",
    )
    .bind(today)
    .fetch_all(connection)
    .await
}

/// How many loans of these volumes were asked for, agreed to or handed out; not those that have had their time.
pub(crate) async fn wanted_now(connection: &mut PgConnection, volumes: &[Uuid], today: NaiveDate) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from centre_loan where volume = any ($1) and (state in ('asked', 'lent') or state = 'approved'
            and coalesce(due_on, (decided_at at time zone 'Asia/Shanghai')::date + days) >= $2)",
    )
    .bind(volumes)
    .bind(today)
    .fetch_one(connection)
    .await
}
