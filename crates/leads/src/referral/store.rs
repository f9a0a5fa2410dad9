//! SQL of referrals.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use serde_json::Value;
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

use super::{Prepared, ReferralState, Seen};
use crate::lead::State;

/// A referral as it stands.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Referral {
    pub id: Uuid,
    pub round: i32,
    pub neighbour: String,
    pub neighbour_name: String,
    pub reason: String,
    pub from_state: String,
    pub state: String,
    pub request: Value,
    pub remote_id: Option<String>,
    pub token: Option<String>,
    pub remote_notes: Option<String>,
    pub remote_agency: Option<String>,
    pub remote_expected: Option<DateTime<Utc>>,
    pub remote_updated: Option<DateTime<Utc>>,
    pub error: Option<String>,
    pub attempts: i32,
    pub referred_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub seen_at: Option<DateTime<Utc>>,
    pub remote_open: Option<bool>,
    /// When it left, where it may have arrived; not asked for with every row.
    #[sqlx(default)]
    pub posted_at: Option<DateTime<Utc>>,
}

impl Referral {
    /// It is over here while the neighbour has it, or may have it: there is no way to withdraw it there but to say so.
    pub(crate) fn must_be_told(&self) -> bool {
        let arrived = self.remote_id.is_some() || self.token.is_some() || self.posted_at.is_some();
        self.state() == ReferralState::Over && arrived && self.remote_open != Some(false)
    }

    /// Its state; one that cannot be read is over.
    pub(crate) fn state(&self) -> ReferralState {
        self.state.parse().unwrap_or(ReferralState::Over)
    }
}

/// The last referral of a lead.
pub(crate) async fn last(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<Referral>> {
    sqlx::query_as(
        "select r.*, p.posted_at from referral r left join referral_post p on p.referral = r.id
         where r.region = $1 and r.lead_id = $2 order by r.round desc limit 1",
    )
    .bind(&key.region)
    .bind(key.id.uuid())
    .fetch_optional(connection)
    .await
}

/// A referral by its id.
pub(super) async fn of_id(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Referral>> {
    sqlx::query_as("select * from referral where id = $1").bind(id).fetch_optional(connection).await
}

/// The lead of a referral, and the neighbour's name.
pub(super) async fn lead_of(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<(String, Uuid, String)>> {
    sqlx::query_as("select region, lead_id, neighbour_name from referral where id = $1").bind(id).fetch_optional(connection).await
}

/// A referral to be written.
pub(super) struct New<'a> {
    pub id: Uuid,
    pub round: i32,
    pub neighbour: &'a str,
    pub prepared: &'a Prepared,
    pub reason: &'a str,
    pub from: State,
    pub person: Uuid,
    pub give_up_at: DateTime<Utc>,
}

pub(super) async fn insert(connection: &mut PgConnection, key: &KeyOf, now: DateTime<Utc>, new: &New<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into referral (id, region, lead_id, round, neighbour, neighbour_name, reason, from_state, state, request, next_at, give_up_at,
            referred_by, referred_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, $11, $12, $10)",
    )
    .bind(new.id)
    .bind(&key.region)
    .bind(key.id.uuid())
    .bind(new.round)
    .bind(new.neighbour)
    .bind(&new.prepared.name)
    .bind(new.reason)
    .bind(new.from.code())
    .bind(&new.prepared.request)
    .bind(now)
    .bind(new.give_up_at)
    .bind(new.person)
    .execute(connection)
    .await
    .map(drop)
}

/// Ends a referral.
pub(super) async fn end(connection: &mut PgConnection, id: Uuid, state: ReferralState, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update referral set state = $2, ended_at = $3 where id = $1")
        .bind(id)
        .bind(state.code())
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Takes referrals of a state that are due for this node until `until`.
pub(super) async fn claim(
    pool: &PgPool,
    state: ReferralState,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<Referral>> {
    sqlx::query_as(
        "with due as (
            select id from referral where state = $1 and next_at <= $2 order by next_at, id limit $4 for update skip locked)
         update referral r set next_at = $3, attempts = r.attempts + (case when $1 = 'waiting' then 1 else 0 end)
         from due where r.id = due.id returning r.*",
    )
    .bind(state.code())
    .bind(now)
    .bind(until)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// How often a referral was tried that still waits, and until when it is.
pub(super) async fn tries(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<(i32, DateTime<Utc>)>> {
    sqlx::query_as("select attempts, give_up_at from referral where id = $1 and state = 'waiting'").bind(id).fetch_optional(pool).await
}

/// Notes that a referral leaves now, where it still waits: when it left before and may have arrived; none where it was taken back.
pub(super) async fn begin_post(pool: &PgPool, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<Option<Option<DateTime<Utc>>>> {
    sqlx::query_scalar(
        "with live as (select id from referral where id = $1 and state = 'waiting' for update),
              noted as (insert into referral_post (referral, posted_at) select id, $2 from live on conflict do nothing)
         select (select posted_at from referral_post where referral = $1) from live",
    )
    .bind(id)
    .bind(now)
    .fetch_optional(pool)
    .await
}

/// It certainly did not arrive.
pub(super) async fn did_not_arrive(pool: &PgPool, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("delete from referral_post where referral = $1").bind(id).execute(pool).await.map(drop)
}

/// Which of these numbers are of leads that were referred to a neighbour.
pub(super) async fn numbers(pool: &PgPool, region: &str, neighbour: &str, numbers: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select d.number from docket d where d.region = $1 and d.kind = 'lead' and d.number = any($3)
            and exists (select from referral r where r.region = d.region and r.lead_id = d.id and r.neighbour = $2)",
    )
    .bind(region)
    .bind(neighbour)
    .bind(numbers)
    .fetch_all(pool)
    .await
}

/// The neighbour took it; false when it was no longer to be sent, though its number is kept.
pub(super) async fn sent(
    connection: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
    remote_id: Option<&str>,
    token: Option<&str>,
) -> sqlx::Result<bool> {
    let state: Option<String> = sqlx::query_scalar(
        "update referral r set remote_id = $3, token = $4, sent_at = coalesce(r.sent_at, $2), error = null,
            state = case when r.state = 'waiting' then 'sent' else r.state end, next_at = $2
         from referral b where r.id = $1 and b.id = r.id returning b.state",
    )
    .bind(id)
    .bind(now)
    .bind(remote_id)
    .bind(token)
    .fetch_optional(connection)
    .await?;
    Ok(state.as_deref() == Some("waiting"))
}

/// The neighbour's server did not take it; false when it was no longer to be sent.
pub(super) async fn refused(connection: &mut PgConnection, id: Uuid, now: DateTime<Utc>, why: &str) -> sqlx::Result<bool> {
    let done = sqlx::query("update referral set state = 'refused', error = $3, ended_at = $2 where id = $1 and state = 'waiting'")
        .bind(id)
        .bind(now)
        .bind(why)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A try that failed, and when the next is.
pub(super) async fn failed(pool: &PgPool, id: Uuid, next_at: DateTime<Utc>, why: &str) -> sqlx::Result<()> {
    sqlx::query("update referral set next_at = $2, error = $3 where id = $1 and state in ('waiting', 'sent')")
        .bind(id)
        .bind(next_at)
        .bind(why)
        .execute(pool)
        .await
        .map(drop)
}

/// The number that a token stood for.
pub(super) async fn numbered(pool: &PgPool, id: Uuid, remote_id: &str, next_at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update referral set remote_id = $2, next_at = $3, error = null where id = $1 and state = 'sent'")
        .bind(id)
        .bind(remote_id)
        .bind(next_at)
        .execute(pool)
        .await
        .map(drop)
}

/// How it stands there.
pub(super) async fn seen(
    connection: &mut PgConnection,
    id: Uuid,
    now: DateTime<Utc>,
    seen: &Seen,
    next_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update referral set seen_at = $2, next_at = $3, remote_open = $4, remote_notes = $5, remote_agency = $6, remote_expected = $7,
            remote_updated = $8, error = null where id = $1",
    )
    .bind(id)
    .bind(now)
    .bind(next_at)
    .bind(seen.open)
    .bind(&seen.notes)
    .bind(&seen.agency)
    .bind(seen.expected)
    .bind(seen.updated)
    .execute(connection)
    .await
    .map(drop)
}

/// Which of these numbers of a neighbour are of referrals of ours.
pub(super) async fn known(pool: &PgPool, neighbour: &str, ids: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select distinct remote_id from referral where neighbour = $1 and remote_id = any($2)")
        .bind(neighbour)
        .bind(ids)
        .fetch_all(pool)
        .await
}
