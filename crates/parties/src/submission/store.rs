//! SQL of submissions.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A submission's row.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SubmissionRow {
    pub id: Uuid,
    pub region: String,
    pub case_id: Uuid,
    pub party: i16,
    pub number: String,
    pub client_key: Uuid,
    pub kind: String,
    pub standing: String,
    pub at: DateTime<Utc>,
    pub subject: Option<Uuid>,
    pub judged_at: Option<DateTime<Utc>>,
    pub taken: Option<bool>,
    pub reason: Option<String>,
}

/// A file of a submission.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct FileRow {
    pub submission: Uuid,
    pub ordinal: i16,
    pub file: String,
    pub evidence: Option<i32>,
}

/// The submissions of a case, the newest first; of one party where one is named.
pub(crate) async fn of_case(connection: &mut PgConnection, key: &KeyOf, party: Option<i16>) -> sqlx::Result<Vec<SubmissionRow>> {
    sqlx::query_as(
        "select * from party_submission where region = $1 and case_id = $2 and ($3::smallint is null or party = $3)
         order by at desc, id desc limit 500",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(party)
    .fetch_all(connection)
    .await
}

pub(crate) async fn files(connection: &mut PgConnection, submissions: &[Uuid]) -> sqlx::Result<Vec<FileRow>> {
    sqlx::query_as(
        "select submission, ordinal, file, evidence from party_submission_file where submission = any($1) order by submission, ordinal",
    )
    .bind(submissions)
    .fetch_all(connection)
    .await
}

/// One submission of a case, held until the transaction ends.
pub(crate) async fn held(connection: &mut PgConnection, key: &KeyOf, id: Uuid) -> sqlx::Result<Option<SubmissionRow>> {
    sqlx::query_as("select * from party_submission where region = $1 and case_id = $2 and id = $3 for update")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// The submission that was sent under a client's key.
pub(super) async fn by_client_key(
    connection: &mut PgConnection,
    key: &KeyOf,
    party: i16,
    client_key: Uuid,
) -> sqlx::Result<Option<SubmissionRow>> {
    sqlx::query_as("select * from party_submission where region = $1 and case_id = $2 and party = $3 and client_key = $4")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .bind(client_key)
        .fetch_optional(connection)
        .await
}

pub(super) async fn count(connection: &mut PgConnection, key: &KeyOf, party: i16) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from party_submission where region = $1 and case_id = $2 and party = $3")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(party)
        .fetch_one(connection)
        .await
}

pub(super) async fn insert(connection: &mut PgConnection, row: &SubmissionRow, files: &[String]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into party_submission (id, region, case_id, party, number, client_key, kind, standing, at, subject)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(row.case_id)
    .bind(row.party)
    .bind(&row.number)
    .bind(row.client_key)
    .bind(&row.kind)
    .bind(&row.standing)
    .bind(row.at)
    .bind(row.subject)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "insert into party_submission_file (submission, ordinal, file) select $1, n::smallint, file from unnest($2::text[]) with ordinality as t(file, n)",
    )
    .bind(row.id)
    .bind(files)
    .execute(connection)
    .await
    .map(drop)
}

pub(crate) async fn judge(
    connection: &mut PgConnection,
    id: Uuid,
    by: Uuid,
    at: DateTime<Utc>,
    taken: bool,
    reason: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query("update party_submission set judged_at = $2, judged_by = $3, taken = $4, reason = $5 where id = $1 and judged_at is null")
        .bind(id)
        .bind(at)
        .bind(by)
        .bind(taken)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
}

pub(crate) async fn became(connection: &mut PgConnection, submission: Uuid, ordinal: i16, evidence: i32) -> sqlx::Result<()> {
    sqlx::query("update party_submission_file set evidence = $3 where submission = $1 and ordinal = $2")
        .bind(submission)
        .bind(ordinal)
        .bind(evidence)
        .execute(connection)
        .await
        .map(drop)
}
