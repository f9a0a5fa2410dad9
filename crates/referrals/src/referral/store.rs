//! SQL of referrals.

use chrono::{DateTime, NaiveDate, Utc};
use docket::{Header, KeyOf};
use identity::Scope;
use kernel::problem::Problem;
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgExecutor, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{KIND, ReferralState};
use crate::scope;

/// A referral's own row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ReferralRecord {
    pub asker_unit: Uuid,
    pub asked_by: Uuid,
    pub own: bool,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
    pub matter_code: Option<String>,
    pub matter_name: Option<String>,
    pub facts: String,
    pub place: String,
    pub acted_on: Option<NaiveDate>,
    pub wished_on: Option<NaiveDate>,
    pub suspect_kind: Option<String>,
    pub suspect: Option<Uuid>,
    pub way: Option<String>,
    pub target_unit: Option<Uuid>,
    pub reason: Option<String>,
    pub power: Option<Json<Value>>,
    pub case_id: Option<Uuid>,
    pub case_number: Option<String>,
    pub result: Option<String>,
    pub result_at: Option<DateTime<Utc>>,
    pub feedback: Option<String>,
}

/// Something that was said or done.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct LineRow {
    pub ordinal: i32,
    pub at: DateTime<Utc>,
    pub person: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub verb: String,
    pub text: Option<String>,
    pub inside: bool,
    pub ask: Option<i32>,
}

/// A file.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct FileRow {
    pub id: Uuid,
    pub ordinal: i32,
    pub line: i32,
    pub file: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub evidence: Option<i32>,
}

/// A request for assistance.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct AskRow {
    pub ordinal: i32,
    pub unit: Uuid,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub text: String,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: Option<String>,
}

pub(super) async fn insert(connection: &mut PgConnection, key: &KeyOf, it: &ReferralRecord) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_referral (region, id, asker_unit, asked_by, own, lead_id, lead_number, matter_code, matter_name, facts, place,
            acted_on, wished_on, suspect_kind, suspect)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(it.asker_unit)
    .bind(it.asked_by)
    .bind(it.own)
    .bind(it.lead_id)
    .bind(&it.lead_number)
    .bind(&it.matter_code)
    .bind(&it.matter_name)
    .bind(&it.facts)
    .bind(&it.place)
    .bind(it.acted_on)
    .bind(it.wished_on)
    .bind(&it.suspect_kind)
    .bind(it.suspect)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn update(connection: &mut PgConnection, key: &KeyOf, it: &ReferralRecord) -> sqlx::Result<()> {
    sqlx::query(
        "update case_referral set way = $3, target_unit = $4, reason = $5, power = $6, case_id = $7, case_number = $8, result = $9,
            result_at = $10, feedback = $11 where region = $1 and id = $2",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(&it.way)
    .bind(it.target_unit)
    .bind(&it.reason)
    .bind(&it.power)
    .bind(it.case_id)
    .bind(&it.case_number)
    .bind(&it.result)
    .bind(it.result_at)
    .bind(&it.feedback)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn record(executor: impl PgExecutor<'_>, key: &KeyOf) -> sqlx::Result<Option<ReferralRecord>> {
    sqlx::query_as("select * from case_referral where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(executor)
        .await
}

/// The header of a referral within a scope.
pub(super) async fn header(executor: impl PgExecutor<'_>, scope: &Scope, id: Uuid) -> sqlx::Result<Option<Header>> {
    let mut query =
        QueryBuilder::new("select d.* from docket d join case_referral r on r.region = d.region and r.id = d.id where d.kind = ");
    query.push_bind(KIND).push(" and d.id = ").push_bind(id);
    scope::push(&mut query, scope);
    query.build_query_as().fetch_optional(executor).await
}

/// The referral out of which a case was opened.
pub(super) async fn of_case(executor: impl PgExecutor<'_>, region: &str, case: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar("select id from case_referral where region = $1 and case_id = $2")
        .bind(region)
        .bind(case)
        .fetch_optional(executor)
        .await
}

/// The number of the open referral of a lead.
pub(super) async fn open_of_lead(connection: &mut PgConnection, region: &str, lead: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select d.number from case_referral r join docket d on d.region = r.region and d.id = r.id
         where r.region = $1 and r.lead_id = $2 and d.open limit 1",
    )
    .bind(region)
    .bind(lead)
    .fetch_optional(connection)
    .await
}

pub(super) async fn lines(executor: impl PgExecutor<'_>, key: &KeyOf) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as(
        "select ordinal, at, person, unit, verb, text, inside, ask from case_referral_line where region = $1 and referral_id = $2 order by ordinal",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(executor)
    .await
}

/// Writes a line; its ordinal.
pub(super) async fn add_line(connection: &mut PgConnection, key: &KeyOf, line: &LineRow) -> sqlx::Result<i32> {
    sqlx::query_scalar(
        "insert into case_referral_line (region, referral_id, ordinal, at, person, unit, verb, text, inside, ask)
         select $1, $2, coalesce(max(ordinal), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from case_referral_line where region = $1 and referral_id = $2
         returning ordinal",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(line.at)
    .bind(line.person)
    .bind(line.unit)
    .bind(&line.verb)
    .bind(&line.text)
    .bind(line.inside)
    .bind(line.ask)
    .fetch_one(connection)
    .await
}

pub(super) async fn files(executor: impl PgExecutor<'_>, key: &KeyOf) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as(
        "select id, ordinal, line, file, name, media_type, size, evidence from case_referral_file where region = $1 and referral_id = $2
         order by ordinal",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(executor)
    .await
}

/// Writes a file; false where its upload is used already.
pub(super) async fn add_file(connection: &mut PgConnection, key: &KeyOf, file: &FileRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into case_referral_file (id, region, referral_id, ordinal, line, file, name, media_type, size)
         select $3, $1, $2, coalesce((select max(ordinal) from case_referral_file where region = $1 and referral_id = $2), 0) + 1, $4, $5, $6, $7, $8
         on conflict (id) do nothing",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(file.id)
    .bind(file.line)
    .bind(&file.file)
    .bind(&file.name)
    .bind(&file.media_type)
    .bind(file.size)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn add_photos(connection: &mut PgConnection, key: &KeyOf, photos: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_referral_photo (region, referral_id, ordinal, file)
         select $1, $2, n, file from unnest($3::text[]) with ordinality as t(file, n)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(photos)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn photos(executor: impl PgExecutor<'_>, key: &KeyOf) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select file from case_referral_photo where region = $1 and referral_id = $2 order by ordinal")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(executor)
        .await
}

/// Whether a referral within a scope has the photo.
pub(crate) async fn has_photo(executor: impl PgExecutor<'_>, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(
        "select exists (select from case_referral_photo p join case_referral r on r.region = p.region and r.id = p.referral_id
            join docket d on d.region = r.region and d.id = r.id where p.file = ",
    );
    query.push_bind(file.to_owned());
    scope::push(&mut query, scope);
    query.push(")");
    query.build_query_scalar().fetch_one(executor).await
}

/// Notes which evidence a file became.
pub(super) async fn became(connection: &mut PgConnection, file: Uuid, evidence: i32) -> sqlx::Result<()> {
    sqlx::query("update case_referral_file set evidence = $2 where id = $1").bind(file).bind(evidence).execute(connection).await?;
    Ok(())
}

pub(super) async fn asks(executor: impl PgExecutor<'_>, key: &KeyOf) -> sqlx::Result<Vec<AskRow>> {
    sqlx::query_as(
        "select ordinal, unit, asked_by, asked_at, due_at, text, answered_by, answered_at, answer from case_referral_ask
         where region = $1 and referral_id = $2 order by ordinal",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_all(executor)
    .await
}

pub(super) async fn add_ask(connection: &mut PgConnection, key: &KeyOf, ask: &AskRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into case_referral_ask (region, referral_id, ordinal, unit, asked_by, asked_at, due_at, text) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(ask.ordinal)
    .bind(ask.unit)
    .bind(ask.asked_by)
    .bind(ask.asked_at)
    .bind(ask.due_at)
    .bind(&ask.text)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn answer_ask(
    connection: &mut PgConnection,
    key: &KeyOf,
    ordinal: i32,
    (person, at): (Uuid, DateTime<Utc>),
    answer: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "update case_referral_ask set answered_by = $4, answered_at = $5, answer = $6 where region = $1 and referral_id = $2 and ordinal = $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(ordinal)
    .bind(person)
    .bind(at)
    .bind(answer)
    .execute(connection)
    .await?;
    Ok(())
}

/// The state in a header.
pub(super) fn state_of(header: &Header) -> Result<ReferralState, Problem> {
    header.state.parse().map_err(|()| Problem::internal("state-unknown", "该件的状态无法识别，请联系管理员"))
}
