//! SQL of rule sets, drafts and their replays.

use chrono::{DateTime, Utc};
use kernel::id::PersonId;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{
    replay::{Filing, Report, Verdict},
    what_if_leads::Figure,
};
use crate::settings::{Duty, Rule};

/// Sets that are listed.
const MOST_LISTED: i64 = 100;
/// Replays that are kept with the leads behind their figures.
const MOST_KEPT: i64 = 10;
/// Turns of duty that a replay looks at.
const MOST_TURNS: i64 = 100_000;

/// A published set.
#[derive(Debug, FromRow)]
pub(super) struct SetRecord {
    pub number: i64,
    pub rules: Json<Vec<Rule>>,
    pub note: String,
    pub restored_from: Option<i64>,
    pub published_by: Option<Uuid>,
    pub published_at: DateTime<Utc>,
}

/// A published set without its rules.
#[derive(Debug, FromRow)]
pub(super) struct ListedSet {
    pub number: i64,
    pub rules: i32,
    pub note: String,
    pub restored_from: Option<i64>,
    pub published_by: Option<Uuid>,
    pub published_at: DateTime<Utc>,
}

/// The set in force and its number; none and 0 before one was published.
pub(crate) async fn in_force(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<(i64, Vec<Rule>)> {
    let found: Option<(i64, Json<Vec<Rule>>)> =
        sqlx::query_as("select number, rules from dispatch_rule_set where region = $1 order by number desc limit 1")
            .bind(region)
            .fetch_optional(executor)
            .await?;
    Ok(found.map(|(number, rules)| (number, rules.0)).unwrap_or_default())
}

pub(super) async fn one_set(executor: impl PgExecutor<'_>, region: &str, number: i64) -> sqlx::Result<Option<SetRecord>> {
    sqlx::query_as(
        "select number, rules, note, restored_from, published_by, published_at from dispatch_rule_set where region = $1 and number = $2",
    )
    .bind(region)
    .bind(number)
    .fetch_optional(executor)
    .await
}

/// The newest sets, the newest first.
pub(super) async fn sets(pool: &PgPool, region: &str) -> sqlx::Result<Vec<ListedSet>> {
    sqlx::query_as(
        "select number, jsonb_array_length(rules) as rules, note, restored_from, published_by, published_at from dispatch_rule_set
         where region = $1 order by number desc limit $2",
    )
    .bind(region)
    .bind(MOST_LISTED)
    .fetch_all(pool)
    .await
}

/// Writes a set; its number is the next one, which the locked draft keeps from being taken twice.
pub(super) async fn insert_set(connection: &mut PgConnection, region: &str, set: &SetRecord) -> sqlx::Result<()> {
    sqlx::query(
        "insert into dispatch_rule_set (region, number, rules, note, restored_from, published_by, published_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(region)
    .bind(set.number)
    .bind(&set.rules)
    .bind(&set.note)
    .bind(set.restored_from)
    .bind(set.published_by)
    .bind(set.published_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes an edit of the draft and locks it until the transaction ends; answers its revision, which no rule's version is ahead of.
pub(crate) async fn touch(connection: &mut PgConnection, region: &str, by: PersonId, now: DateTime<Utc>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "insert into dispatch_draft as d (region, revision, changed_by, changed_at) values ($1, 1, $2, $3)
         on conflict (region) do update set revision = d.revision + 1, changed_by = excluded.changed_by, changed_at = excluded.changed_at
         returning revision",
    )
    .bind(region)
    .bind(by.uuid())
    .bind(now)
    .fetch_one(connection)
    .await
}

/// The draft's revision and who edited it last; 0 and nobody before the first edit.
pub(super) async fn draft(executor: impl PgExecutor<'_>, region: &str) -> sqlx::Result<(i64, Option<Uuid>, Option<DateTime<Utc>>)> {
    let found = sqlx::query_as("select revision, changed_by, changed_at from dispatch_draft where region = $1")
        .bind(region)
        .fetch_optional(executor)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Locks the draft as it stands until the transaction ends; answers its revision.
pub(super) async fn lock_draft(connection: &mut PgConnection, region: &str, now: DateTime<Utc>) -> sqlx::Result<i64> {
    sqlx::query("insert into dispatch_draft (region, revision, changed_at) values ($1, 0, $2) on conflict do nothing")
        .bind(region)
        .bind(now)
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar("select revision from dispatch_draft where region = $1 for update").bind(region).fetch_one(connection).await
}

/// A replay.
#[derive(Debug, FromRow)]
pub(super) struct WhatIfRecord {
    pub id: Uuid,
    pub revision: i64,
    pub base: i64,
    pub state: String,
    pub from_at: DateTime<Utc>,
    pub to_at: DateTime<Utc>,
    pub total: i64,
    pub done: i64,
    pub report: Option<Json<Report>>,
    pub asked_by: Option<Uuid>,
    pub asked_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

const WHAT_IF: &str =
    "select id, revision, base, state, from_at, to_at, total, done, report, asked_by, asked_at, ended_at from dispatch_what_if";

pub(super) async fn newest_what_if(pool: &PgPool, region: &str) -> sqlx::Result<Option<WhatIfRecord>> {
    let text = format!("{WHAT_IF} where region = $1 order by asked_at desc, id desc limit 1");
    sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(region).fetch_optional(pool).await
}

pub(super) async fn what_if(executor: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<WhatIfRecord>> {
    let text = format!("{WHAT_IF} where region = $1 and id = $2");
    sqlx::query_as(sqlx::AssertSqlSafe(text)).bind(region).bind(id).fetch_optional(executor).await
}

/// A replay that is asked for.
pub(super) struct Asked<'a> {
    pub id: Uuid,
    pub revision: i64,
    pub base: i64,
    pub rules: &'a [Rule],
    pub from: DateTime<Utc>,
    pub by: Uuid,
    pub now: DateTime<Utc>,
}

/// Asks for a replay; false while another one waits or works.
pub(super) async fn ask(connection: &mut PgConnection, region: &str, asked: &Asked<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into dispatch_what_if (region, id, revision, base, rules, state, from_at, to_at, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $7) on conflict do nothing",
    )
    .bind(region)
    .bind(asked.id)
    .bind(asked.revision)
    .bind(asked.base)
    .bind(Json(asked.rules))
    .bind(asked.from)
    .bind(asked.now)
    .bind(asked.by)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Cancels a replay that waits or works; false when it was over.
pub(super) async fn cancel(pool: &PgPool, region: &str, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update dispatch_what_if set state = 'cancelled', ended_at = $3 where region = $1 and id = $2 and state in ('waiting', 'running')",
    )
    .bind(region)
    .bind(id)
    .bind(now)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The replay that waits, or that whoever worked on it left: its id, base, draft and span.
pub(super) async fn to_work(
    pool: &PgPool,
    region: &str,
) -> sqlx::Result<Option<(Uuid, i64, Json<Vec<Rule>>, DateTime<Utc>, DateTime<Utc>)>> {
    sqlx::query_as("select id, base, rules, from_at, to_at from dispatch_what_if where region = $1 and state in ('waiting', 'running')")
        .bind(region)
        .fetch_optional(pool)
        .await
}

/// Begins a replay, anew where it was cut off.
pub(super) async fn begin(pool: &PgPool, id: Uuid, total: i64) -> sqlx::Result<bool> {
    sqlx::query("delete from dispatch_what_if_lead where what_if = $1").bind(id).execute(pool).await?;
    let done = sqlx::query(
        "update dispatch_what_if set state = 'running', total = $2, done = 0 where id = $1 and state in ('waiting', 'running')",
    )
    .bind(id)
    .bind(total)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Turns of duty that touch a span.
pub(super) async fn duty_in(pool: &PgPool, region: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> sqlx::Result<Vec<Duty>> {
    sqlx::query_as("select * from duty where region = $1 and to_at > $2 and from_at <= $3 order by from_at desc limit $4")
        .bind(region)
        .bind(from)
        .bind(to)
        .bind(MOST_TURNS)
        .fetch_all(pool)
        .await
}

/// How many leads came since an id, and, where they are more than `most`, the id before the newest `most` of them.
pub(super) async fn since(pool: &PgPool, region: &str, id: Uuid, most: i64) -> sqlx::Result<(i64, Option<Uuid>)> {
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from lead where region = $1 and id > $2").bind(region).bind(id).fetch_one(pool).await?;
    if count <= most {
        return Ok((count, None));
    }
    let first = sqlx::query_scalar("select id from lead where region = $1 and id > $2 order by id desc offset $3 limit 1")
        .bind(region)
        .bind(id)
        .bind(most)
        .fetch_optional(pool)
        .await?;
    Ok((most, first))
}

/// The next leads after an id, filed or not, with the last disposal limit that ended or ran out.
pub(super) async fn filings(pool: &PgPool, region: &str, after: Uuid, most: i64) -> sqlx::Result<Vec<Filing>> {
    sqlx::query_as(
        "select l.id, l.class_code as class, l.grid, l.sent_back_by, d.unit, filed.at as filed_at, fix.met
         from (select region, id, class_code, grid, sent_back_by from lead where region = $1 and id > $2 order by id limit $3) l
         join docket d on d.region = l.region and d.id = l.id
         left join lateral (select e.at from ledger_entry e where e.region = l.region and e.docket_id = l.id and e.action = 'file'
            order by e.seq limit 1) filed on true
         left join lateral (select x.state = 'met' as met from deadline x where x.region = l.region and x.docket_id = l.id and x.name = 'fix'
            and (x.state in ('met', 'missed') or x.state = 'running' and x.fired_at is not null) order by x.round desc limit 1) fix on true
         order by l.id",
    )
    .bind(region)
    .bind(after)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Keeps the leads behind the figures and how far the replay has come; false when it was cancelled meanwhile.
pub(super) async fn keep(pool: &PgPool, id: Uuid, done: i64, verdicts: &[Verdict]) -> sqlx::Result<bool> {
    let mut transaction = pool.begin().await?;
    let going = sqlx::query("update dispatch_what_if set done = $2 where id = $1 and state = 'running'")
        .bind(id)
        .bind(done)
        .execute(&mut *transaction)
        .await?;
    if going.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "insert into dispatch_what_if_lead (what_if, lead_id, present, proposed, back_by_present, back_by_proposed)
         select $1, * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bool[], $6::bool[])",
    )
    .bind(id)
    .bind(verdicts.iter().map(|it| it.lead).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|it| it.present).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|it| it.proposed).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|it| it.back_by_present).collect::<Vec<_>>())
    .bind(verdicts.iter().map(|it| it.back_by_proposed).collect::<Vec<_>>())
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(true)
}

/// Keeps what a replay found, and forgets the oldest ones.
pub(super) async fn settle(pool: &PgPool, region: &str, id: Uuid, now: DateTime<Utc>, report: &Report) -> sqlx::Result<()> {
    sqlx::query("update dispatch_what_if set state = 'done', ended_at = $2, report = $3 where id = $1 and state = 'running'")
        .bind(id)
        .bind(now)
        .bind(Json(report))
        .execute(pool)
        .await?;
    sqlx::query(
        "delete from dispatch_what_if where region = $1 and id not in (
            select id from dispatch_what_if where region = $1 order by asked_at desc, id desc limit $2)",
    )
    .bind(region)
    .bind(MOST_KEPT)
    .execute(pool)
    .await?;
    Ok(())
}

/// The leads behind a figure, the newest first, one more than `rows`.
pub(super) async fn leads_behind(
    pool: &PgPool,
    id: Uuid,
    figure: Figure,
    between: Option<(Option<Uuid>, Option<Uuid>)>,
    before: Option<Uuid>,
    rows: i64,
) -> sqlx::Result<Vec<Uuid>> {
    let mut query = QueryBuilder::<Postgres>::new("select lead_id from dispatch_what_if_lead where what_if = ");
    query.push_bind(id);
    query.push(match figure {
        Figure::Moved => " and present is distinct from proposed",
        Figure::SentBackByPresent => " and present is distinct from proposed and back_by_present",
        Figure::SentBackByDraft => " and present is distinct from proposed and back_by_proposed",
        Figure::WithoutRule => " and proposed is null",
    });
    if let Some((present, proposed)) = between {
        query.push(" and present is not distinct from ").push_bind(present);
        query.push(" and proposed is not distinct from ").push_bind(proposed);
    }
    if let Some(before) = before {
        query.push(" and lead_id < ").push_bind(before);
    }
    query.push(" order by lead_id desc limit ").push_bind(rows + 1);
    query.build_query_scalar().fetch_all(pool).await
}
