//! SQL of what is kept about a reporter.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

pub(crate) async fn by_number(pool: &PgPool, region: &str, number: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select id from docket where region = $1 and kind = 'lead' and number = $2")
        .bind(region)
        .bind(number)
        .fetch_optional(pool)
        .await
}

/// Marks a lead as held, or no longer.
pub(super) async fn hold_data(connection: &mut PgConnection, region: &str, id: Uuid, held: bool) -> sqlx::Result<()> {
    sqlx::query("update lead set data_held = $3 where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .bind(held)
        .execute(connection)
        .await
        .map(drop)
}

/// Whether a lead is held.
pub(crate) async fn data_held(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<bool> {
    let held: Option<bool> = sqlx::query_scalar("select data_held from lead where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(held.unwrap_or(false))
}

/// The reporter of a lead in the vault.
pub(crate) async fn subject(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<Uuid>> {
    let row: Option<Option<Uuid>> = sqlx::query_scalar("select reporter_subject from lead where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.flatten())
}

/// What another system was told of a lead.
#[derive(Debug, FromRow)]
pub(super) struct AnswerRow {
    pub source: String,
    pub words: String,
    pub state: String,
    pub made_at: DateTime<Utc>,
}

pub(super) async fn answers(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Vec<AnswerRow>> {
    // What is held back was told to nobody.
    sqlx::query_as(
        "select source, words, state, made_at from answer where region = $1 and lead_id = $2 and state <> 'held' order by made_at limit 100",
    )
    .bind(region)
    .bind(lead)
    .fetch_all(connection)
    .await
}

/// A ledger line: when, by which role, what.
#[derive(Debug, FromRow)]
pub(super) struct StepRow {
    pub at: DateTime<Utc>,
    pub role: Option<String>,
    pub action: String,
}

pub(super) async fn steps(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as("select at, role, action from ledger_entry where region = $1 and docket_id = $2 order by seq limit 1000")
        .bind(region)
        .bind(lead)
        .fetch_all(connection)
        .await
}

/// Closed leads that keep a contact: closed before `before`, after the place `after`, oldest first.
pub(super) async fn contacts_of_closed(
    connection: &mut PgConnection,
    region: &str,
    before: DateTime<Utc>,
    after: Option<(DateTime<Utc>, Uuid)>,
    most: i64,
) -> sqlx::Result<Vec<(DateTime<Utc>, Uuid)>> {
    let (at, id) = after.unzip();
    sqlx::query_as(
        "select d.closed_at, d.id from docket d
         join lead l on l.region = d.region and l.id = d.id
         join personal_key k on k.region = l.region and k.subject = l.reporter_subject
         where d.region = $1 and d.kind = 'lead' and not d.open and d.closed_at < $2
           and ($3::timestamptz is null or (d.closed_at, d.id) > ($3, $4))
           and cardinality(l.closing_holds) = 0
           and not exists (
             with recursive onward (id, into_id, depth) as (
               select l.id, l.merged_into, 0
               union all
               select n.id, n.merged_into, depth + 1 from onward join lead n on n.region = l.region and n.id = onward.into_id where depth < 100)
             select from onward join docket o on o.region = l.region and o.id = onward.id where o.open)
         order by d.closed_at, d.id limit $5",
    )
    .bind(region)
    .bind(before)
    .bind(at)
    .bind(id)
    .bind(most)
    .fetch_all(connection)
    .await
}

pub(super) async fn drop_answers_taken(connection: &mut PgConnection, region: &str, before: DateTime<Utc>, most: i64) -> sqlx::Result<i64> {
    let done = sqlx::query(
        // The lead's row is locked with it: a hold that is being placed is waited for, and seen.
        "delete from answer where id in (
            select a.id from answer a join lead l on l.region = a.region and l.id = a.lead_id
            where a.region = $1 and a.state in ('sent', 'given') and a.settled_at < $2 and not l.data_held
            order by a.id limit $3 for share of l)",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// How many would go, and how many are held.
pub(super) async fn count_answers_taken(pool: &PgPool, region: &str, before: DateTime<Utc>) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "select count(*) filter (where not l.data_held), count(*) filter (where l.data_held)
         from answer a join lead l on l.region = a.region and l.id = a.lead_id
         where a.region = $1 and a.state in ('sent', 'given') and a.settled_at < $2",
    )
    .bind(region)
    .bind(before)
    .fetch_one(pool)
    .await
}
