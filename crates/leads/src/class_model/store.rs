//! SQL of the class models.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, types::Json};
use uuid::Uuid;

use super::{Report, samples::Sample};

/// Models that are listed.
pub(super) const MOST_LISTED: i64 = 50;
/// The newest so many keep their bodies, beside the one in use: one may go back to them.
const MOST_BODIES: i64 = 10;

/// A model as it is listed.
#[derive(Debug, FromRow)]
pub(super) struct ModelRecord {
    pub number: i64,
    pub state: String,
    pub asked_by: Option<Uuid>,
    pub asked_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub failure: Option<String>,
    pub report: Option<Json<Report>>,
    pub has_body: bool,
}

/// Which model proposes.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
pub(crate) struct Choice {
    /// Its number; none where the table of words proposes alone.
    pub number: Option<i64>,
    /// Whether a new one is learned when enough leads came, and used when it is better.
    pub automatic: bool,
    /// For `If-Match`; 0 as long as nobody chose.
    pub version: i64,
}

/// The choice as it stands.
pub(crate) async fn choice(connection: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Choice> {
    sqlx::query_as("select number, automatic, version from class_model_choice where region = $1")
        .bind(region)
        .fetch_optional(connection)
        .await
        .map(Option::unwrap_or_default)
}

/// Writes the choice as version `choice.version`; false when somebody else wrote that version first.
pub(super) async fn choose(connection: &mut PgConnection, region: &str, choice: &Choice) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into class_model_choice as c (region, number, automatic, version) values ($1, $2, $3, $4)
         on conflict (region) do update set number = excluded.number, automatic = excluded.automatic, version = excluded.version
         where c.version = excluded.version - 1",
    )
    .bind(region)
    .bind(choice.number)
    .bind(choice.automatic)
    .bind(choice.version)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes the next number and writes that its model is to be learned; none while another one is.
pub(super) async fn ask(connection: &mut PgConnection, region: &str, by: Option<Uuid>, now: DateTime<Utc>) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(
        "insert into class_model (region, number, state, asked_by, asked_at)
         select $1, coalesce(max(number), 0) + 1, 'learning', $2, $3 from class_model where region = $1
         on conflict do nothing returning number",
    )
    .bind(region)
    .bind(by)
    .bind(now)
    .fetch_optional(connection)
    .await
}

/// The model that is to be learned.
pub(super) async fn learning(pool: &PgPool, region: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("select number from class_model where region = $1 and state = 'learning'").bind(region).fetch_optional(pool).await
}

const LISTED: &str = "select number, state, asked_by, asked_at, ended_at, failure, report, body is not null as has_body from class_model";

/// The newest models, the newest first.
pub(super) async fn list(pool: &PgPool, region: &str) -> sqlx::Result<Vec<ModelRecord>> {
    let text = format!("{LISTED} where region = $1 order by number desc limit $2");
    sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(region).bind(MOST_LISTED).fetch_all(pool).await
}

/// One model.
pub(super) async fn one(connection: impl PgExecutor<'_>, region: &str, number: i64) -> sqlx::Result<Option<ModelRecord>> {
    let text = format!("{LISTED} where region = $1 and number = $2");
    sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(region).bind(number).fetch_optional(connection).await
}

/// The bytes of a model, and how much the table of words counts beside it.
pub(super) async fn body(pool: &PgPool, region: &str, number: i64) -> sqlx::Result<Option<(Vec<u8>, f64)>> {
    sqlx::query_as(
        "select body, (report ->> 'words_weight')::float8 from class_model
         where region = $1 and number = $2 and state = 'ready' and body is not null",
    )
    .bind(region)
    .bind(number)
    .fetch_optional(pool)
    .await
}

/// How a learning ended.
pub(super) enum Ended<'a> {
    Ready { report: &'a Report, body: &'a [u8] },
    Failed(&'a str),
}

/// Notes the end, and forgets the bodies that are too old to go back to.
pub(super) async fn settle(
    connection: &mut PgConnection,
    region: &str,
    number: i64,
    now: DateTime<Utc>,
    ended: Ended<'_>,
) -> sqlx::Result<()> {
    let (state, report, body, failure) = match ended {
        Ended::Ready { report, body } => ("ready", Some(Json(report)), Some(body), None),
        Ended::Failed(why) => ("failed", None, None, Some(why)),
    };
    sqlx::query(
        "update class_model set state = $3, ended_at = $4, report = $5, body = $6, failure = $7
         where region = $1 and number = $2 and state = 'learning'",
    )
    .bind(region)
    .bind(number)
    .bind(state)
    .bind(now)
    .bind(report)
    .bind(body)
    .bind(failure)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "update class_model set body = null where region = $1 and body is not null and number not in (
            select number from class_model where region = $1 and body is not null order by number desc limit $2)
         and number is distinct from (select number from class_model_choice where region = $1)",
    )
    .bind(region)
    .bind(MOST_BODIES)
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest leads whose class a person confirmed by accepting, filing or correcting, the oldest first; merged, rejected and voided ones
/// are none.
pub(super) async fn samples(pool: &PgPool, region: &str, most: usize) -> sqlx::Result<Vec<Sample>> {
    let mut samples: Vec<Sample> = sqlx::query_as(
        "select l.description as text, l.class_code as class, d.simulated,
            (select e.payload::jsonb ->> 'class' from ledger_entry e where e.region = l.region and e.docket_id = l.id and e.seq = 1) as proposed
         from lead l join docket d using (region, id)
         where l.region = $1 and l.class_code is not null and l.description <> '' and d.state not in ('reported', 'rejected', 'merged', 'voided')
           and exists (select from ledger_entry e where e.region = l.region and e.docket_id = l.id
               and e.action in ('accept', 'file', 'correct') and e.actor like 'person:%')
         order by l.id desc limit $2",
    )
    .bind(region)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(pool)
    .await?;
    samples.reverse();
    Ok(samples)
}

/// Leads that came since, at most `most`.
pub(super) async fn leads_since(pool: &PgPool, region: &str, since: Uuid, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from (select from lead where region = $1 and id > $2 limit $3) recent")
        .bind(region)
        .bind(since)
        .bind(most)
        .fetch_one(pool)
        .await
}
