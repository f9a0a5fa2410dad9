//! SQL of the answers.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::AnswerState;
use crate::{list::store::push_scope, message::receive::OWN_NUMBER};

/// A lead that is over together with another.
#[derive(Debug, FromRow)]
pub(crate) struct Ended {
    pub id: Uuid,
    pub source: String,
    pub source_key: String,
}

/// Leads that go into one are at most so many: each was merged by a person.
const MOST_MERGED: i64 = 10_000;

/// A lead and those that went into it.
pub(crate) async fn that_end_with(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<Ended>> {
    sqlx::query_as(
        "with recursive ends as (
            select id from lead where region = $1 and id = $2
            union
            select l.id from lead l join ends on l.region = $1 and l.merged_into = ends.id)
         select l.id, l.source, coalesce(l.details ->> $4, l.source_key) as source_key
         from lead l join ends using (id) where l.region = $1 limit $3",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(MOST_MERGED)
    .bind(OWN_NUMBER)
    .fetch_all(connection)
    .await
}

/// An answer to be written.
pub(super) struct NewAnswer {
    pub id: Uuid,
    pub lead: Uuid,
    pub source: String,
    pub source_key: String,
    pub outcome: &'static str,
    pub words: String,
    pub state: AnswerState,
}

pub(super) async fn insert(
    connection: &mut PgConnection,
    region: &str,
    answers: &[NewAnswer],
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    for answer in answers {
        sqlx::query(
            "insert into answer (id, region, lead_id, source, source_key, outcome, words, state, made_at, next_at, give_up_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)",
        )
        .bind(answer.id)
        .bind(region)
        .bind(answer.lead)
        .bind(&answer.source)
        .bind(&answer.source_key)
        .bind(answer.outcome)
        .bind(&answer.words)
        .bind(answer.state.code())
        .bind(now)
        .bind(give_up_at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// An answer that is being sent, with where it goes.
#[derive(Debug, FromRow)]
pub(super) struct Claimed {
    pub id: Uuid,
    pub region: String,
    pub lead_id: Uuid,
    pub number: String,
    pub source: String,
    pub source_key: String,
    pub outcome: String,
    pub words: String,
    pub made_at: DateTime<Utc>,
    pub attempts: i32,
    pub give_up_at: DateTime<Utc>,
    pub reply_url: Option<String>,
    pub reply_secret: Option<Vec<u8>>,
}

/// Takes answers that are due for this node until `until`.
pub(super) async fn claim(pool: &PgPool, now: DateTime<Utc>, until: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Claimed>> {
    sqlx::query_as(
        "with due as (
            select id from answer where state = 'waiting' and next_at <= $1 order by next_at, id limit $3 for update skip locked),
         taken as (
            update answer a set next_at = $2, attempts = a.attempts + 1 from due where a.id = due.id returning a.*)
         select t.id, t.region, t.lead_id, d.number, t.source, t.source_key, t.outcome, t.words, t.made_at, t.attempts, t.give_up_at,
            s.reply_url, s.reply_secret
         from taken t join docket d on d.region = t.region and d.id = t.lead_id
         left join source s on s.region = t.region and s.code = t.source",
    )
    .bind(now)
    .bind(until)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// How an answer came out.
pub(super) struct Outcome<'a> {
    pub state: AnswerState,
    pub next_at: DateTime<Utc>,
    pub status: Option<i32>,
    pub proof: Option<&'a str>,
    pub error: Option<&'a str>,
    pub by: Option<Uuid>,
}

/// Settles an answer that is in one of `from`; false when it is in none of them.
pub(super) async fn settle(
    connection: &mut PgConnection,
    id: Uuid,
    from: &[AnswerState],
    now: DateTime<Utc>,
    outcome: &Outcome<'_>,
) -> sqlx::Result<bool> {
    let ended = matches!(outcome.state, AnswerState::Sent | AnswerState::Given);
    let done = sqlx::query(
        "update answer set state = $3, next_at = $4, status = coalesce($5, status), proof = $6, error = $7, settled_by = $8,
            settled_at = case when $9 then $10::timestamptz end
         where id = $1 and state = any($2)",
    )
    .bind(id)
    .bind(from.iter().map(|state| state.code()).collect::<Vec<_>>())
    .bind(outcome.state.code())
    .bind(outcome.next_at)
    .bind(outcome.status)
    .bind(outcome.proof)
    .bind(outcome.error)
    .bind(outcome.by)
    .bind(ended)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sends an answer anew, for another `LIFE`.
pub(super) async fn send_again(
    connection: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update answer set state = 'waiting', next_at = $2, give_up_at = $3, attempts = 0, error = null
         where id = $1 and state in ('dead', 'owed')",
    )
    .bind(id)
    .bind(now)
    .bind(give_up_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the held answer of a lead go; it is due at once.
pub(super) async fn let_go(
    connection: &mut PgConnection,
    region: &str,
    lead: Uuid,
    state: AnswerState,
    words: Option<&str>,
    now: DateTime<Utc>,
    give_up_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update answer set state = $3, words = coalesce($4, words), next_at = $5, give_up_at = $6
         where region = $1 and lead_id = $2 and state = 'held'",
    )
    .bind(region)
    .bind(lead)
    .bind(state.code())
    .bind(words)
    .bind(now)
    .bind(give_up_at)
    .execute(connection)
    .await
    .map(drop)
}

/// An answer as it stands.
#[derive(Debug, FromRow)]
pub(super) struct AnswerRecord {
    pub id: Uuid,
    pub region: String,
    pub lead_id: Uuid,
    pub number: String,
    pub title: String,
    pub source: String,
    pub source_key: String,
    pub outcome: String,
    pub words: String,
    pub state: String,
    pub made_at: DateTime<Utc>,
    pub attempts: i32,
    pub settled_at: Option<DateTime<Utc>>,
    pub settled_by: Option<Uuid>,
    pub status: Option<i32>,
    pub proof: Option<String>,
    pub error: Option<String>,
}

/// Which answers.
#[derive(Debug, Default)]
pub(super) struct Wanted<'a> {
    pub id: Option<Uuid>,
    pub lead: Option<Uuid>,
    pub state: Option<&'static str>,
    pub source: Option<&'a str>,
    pub before: Option<Uuid>,
}

/// Answers within a scope, the newest first.
pub(super) async fn list(connection: &mut PgConnection, scope: &Scope, wanted: &Wanted<'_>, most: i64) -> sqlx::Result<Vec<AnswerRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select a.id, a.region, a.lead_id, d.number, d.title, a.source, a.source_key, a.outcome, a.words, a.state, a.made_at, a.attempts,
            a.settled_at, a.settled_by, a.status, a.proof, a.error
         from answer a join docket d on d.region = a.region and d.id = a.lead_id where true",
    );
    push_scope(&mut query, scope);
    if let Some(id) = wanted.id {
        query.push(" and a.id = ").push_bind(id);
    }
    if let Some(lead) = wanted.lead {
        query.push(" and a.lead_id = ").push_bind(lead);
    }
    if let Some(state) = wanted.state {
        query.push(" and a.state = ").push_bind(state);
    }
    if let Some(source) = wanted.source {
        query.push(" and a.source = ").push_bind(source.to_owned());
    }
    if let Some(before) = wanted.before {
        query.push(" and a.id < ").push_bind(before);
    }
    query.push(" order by a.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}
