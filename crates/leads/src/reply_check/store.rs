//! SQL of the looks at replies.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{ReplyCheckState, ReplyFinding};
use crate::list::store::push_scope;

/// Other leads in the same words are looked through so far: nearly all of them are of one matter, or the first is a copy.
const MOST_COPIES: i64 = 20;

/// The state of a lead's look, and the digest of the words that it was of.
pub(super) async fn standing(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    sqlx::query_as("select state, digest from reply_check where region = $1 and lead_id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

/// How the look at a lead's reply stands, if there was one.
pub(crate) async fn state_of(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select state from reply_check where region = $1 and lead_id = $2")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// Keeps a look in the place of the one before.
pub(super) async fn put(
    connection: &mut PgConnection,
    key: &KeyOf,
    words: &str,
    digest: &[u8],
    findings: &[ReplyFinding],
    state: ReplyCheckState,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reply_check (region, lead_id, words, digest, findings, state, made_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (region, lead_id) do update set words = $3, digest = $4, findings = $5, state = $6, made_at = $7,
            settled_at = null, settled_by = null, reason = null",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(words)
    .bind(digest)
    .bind(Json(findings))
    .bind(state.code())
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// Forgets the look of a lead that is fixed again: what it was of will not be given.
pub(crate) async fn forget(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<()> {
    sqlx::query("delete from reply_check where region = $1 and lead_id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .execute(connection)
        .await
        .map(drop)
}

/// A lead that was answered in the same words.
#[derive(Debug, FromRow)]
pub(super) struct Other {
    pub number: String,
    pub title: String,
    pub description: String,
    pub address: Option<String>,
}

/// Other leads in the same words since a day, the newest first.
pub(super) async fn in_same_words(
    connection: &mut PgConnection,
    key: &KeyOf,
    digest: &[u8],
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<Other>> {
    sqlx::query_as(
        "select d.number, d.title, l.description, l.address
         from (select region, lead_id from reply_check where region = $1 and digest = $2 and lead_id <> $3 and made_at > $4
            order by lead_id desc limit $5) c
         join lead l on l.region = c.region and l.id = c.lead_id join docket d on d.region = c.region and d.id = c.lead_id
         order by c.lead_id desc",
    )
    .bind(&key.region)
    .bind(digest)
    .bind(key.id.uuid())
    .bind(since)
    .bind(MOST_COPIES)
    .fetch_all(connection)
    .await
}

/// A look as it stands.
#[derive(Debug, FromRow)]
pub(super) struct CheckRecord {
    pub region: String,
    pub lead_id: Uuid,
    pub number: String,
    pub version: i64,
    pub title: String,
    pub lead_state: String,
    pub description: String,
    pub source: String,
    pub words: String,
    pub findings: Json<Vec<ReplyFinding>>,
    pub state: String,
    pub made_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
    pub settled_by: Option<Uuid>,
    pub reason: Option<String>,
}

/// Which looks.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub lead: Option<Uuid>,
    pub state: Option<&'static str>,
    pub before: Option<Uuid>,
}

/// Looks that found something within a scope, of the newest leads first.
pub(super) async fn list(connection: &mut PgConnection, scope: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<CheckRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select c.region, c.lead_id, d.number, d.version, d.title, d.state as lead_state, l.description, l.source, c.words, c.findings, c.state,
            c.made_at, c.settled_at, c.settled_by, c.reason
         from reply_check c join docket d on d.region = c.region and d.id = c.lead_id
         join lead l on l.region = c.region and l.id = c.lead_id where c.state <> 'passed'",
    );
    push_scope(&mut query, scope);
    if let Some(lead) = wanted.lead {
        query.push(" and c.lead_id = ").push_bind(lead);
    }
    if let Some(state) = wanted.state {
        query.push(" and c.state = ").push_bind(state);
    }
    if let Some(before) = wanted.before {
        query.push(" and c.lead_id < ").push_bind(before);
    }
    query.push(" order by c.lead_id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(connection).await
}

/// How many replies within a scope wait for a person, counted up to `most`.
pub(super) async fn count_held(connection: &mut PgConnection, scope: &Scope, most: i64) -> sqlx::Result<i64> {
    let mut query = QueryBuilder::<Postgres>::new(
        "select count(*) from (select from reply_check c join docket d on d.region = c.region and d.id = c.lead_id where c.state = 'held'",
    );
    push_scope(&mut query, scope);
    query.push(" limit ").push_bind(most).push(") held");
    query.build_query_scalar().fetch_one(connection).await
}

/// How a person settled a held reply.
pub(super) struct Settlement<'a> {
    pub state: ReplyCheckState,
    pub words: &'a str,
    pub digest: &'a [u8],
    pub findings: &'a [ReplyFinding],
    pub reason: Option<&'a str>,
    pub by: Uuid,
}

/// Settles a held reply; false when it is not held any more.
pub(super) async fn settle(
    connection: &mut PgConnection,
    key: &KeyOf,
    now: DateTime<Utc>,
    settlement: &Settlement<'_>,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update reply_check set state = $3, words = $4, digest = $5, findings = $6, reason = $7, settled_by = $8, settled_at = $9
         where region = $1 and lead_id = $2 and state = 'held'",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(settlement.state.code())
    .bind(settlement.words)
    .bind(settlement.digest)
    .bind(Json(settlement.findings))
    .bind(settlement.reason)
    .bind(settlement.by)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The reply of a lead in new words.
pub(super) async fn set_reply(connection: &mut PgConnection, key: &KeyOf, words: &str) -> sqlx::Result<()> {
    sqlx::query("update lead set reply = $3 where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .bind(words)
        .execute(connection)
        .await
        .map(drop)
}

/// The setting of a district, if it made one.
pub(crate) async fn setting(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<Option<(String, Vec<String>)>> {
    sqlx::query_as("select mode, holding from reply_check_setting where region = $1").bind(region).fetch_optional(executor).await
}

/// Locks the setting until the transaction ends: what the history calls "before" is then what was replaced.
pub(super) async fn lock_setting(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("lock table reply_check_setting in share row exclusive mode").execute(connection).await.map(drop)
}

pub(super) async fn set_setting(connection: &mut PgConnection, region: &str, mode: &str, holding: &[&str]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reply_check_setting (region, mode, holding) values ($1, $2, $3) on conflict (region) do update set mode = $2, holding = $3",
    )
    .bind(region)
    .bind(mode)
    .bind(holding)
    .execute(connection)
    .await
    .map(drop)
}
