//! SQL of awards.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::AwardState;
use crate::settle::{Reason, store::CandidateRow};

/// An award before it is kept.
pub(crate) struct NewAward<'a> {
    pub id: Uuid,
    pub region: &'a str,
    pub programme: Uuid,
    pub version: i32,
    pub day: NaiveDate,
    pub of: &'a CandidateRow,
    pub fen: i64,
    pub state: AwardState,
    pub reason: Option<Reason>,
    pub hold: Option<&'a str>,
    pub lot: Option<&'a str>,
    pub person: Option<&'a [u8]>,
}

/// Keeps what was decided about a report.
pub(crate) async fn insert(connection: &mut PgConnection, new: &NewAward<'_>, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into reward_award (id, region, programme, version, day, lead_id, number, received_at, lon, lat, class_code, fen, state, reason,
            hold, lot, person, ended_at, simulated)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(new.id)
    .bind(new.region)
    .bind(new.programme)
    .bind(new.version)
    .bind(new.day)
    .bind(new.of.lead)
    .bind(&new.of.number)
    .bind(new.of.received_at)
    .bind(new.of.lon)
    .bind(new.of.lat)
    .bind(&new.of.class)
    .bind(new.fen)
    .bind(new.state.code())
    .bind(new.reason.map(Reason::code))
    .bind(new.hold)
    .bind(new.lot)
    .bind(new.person)
    .bind(new.reason.map(|_| now))
    .bind(new.of.simulated)
    .execute(connection)
    .await
    .map(drop)
}

/// An award as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct AwardRow {
    pub id: Uuid,
    pub programme: Uuid,
    pub day: NaiveDate,
    pub lead_id: Uuid,
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub class_code: Option<String>,
    pub fen: i64,
    pub state: String,
    pub reason: Option<String>,
    pub hold: Option<String>,
    pub lot: Option<String>,
    pub subject: Option<Uuid>,
    pub note: Option<String>,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<DateTime<Utc>>,
    pub claim_until: Option<DateTime<Utc>>,
    pub claimed_at: Option<DateTime<Utc>>,
    pub payout: Option<Uuid>,
    pub paid_at: Option<DateTime<Utc>>,
    pub reference: Option<String>,
    pub simulated: bool,
}

impl AwardRow {
    pub(crate) fn state(&self) -> AwardState {
        self.state.parse().unwrap_or(AwardState::Refused)
    }

    pub(crate) fn reason(&self) -> Option<Reason> {
        self.reason.as_deref().and_then(|code| code.parse().ok())
    }
}

/// One award; whoever changes it has locked its programme first.
pub(crate) async fn one(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<AwardRow>> {
    sqlx::query_as("select * from reward_award where region = $1 and id = $2").bind(region).bind(id).fetch_optional(connection).await
}

/// What became of a report, under every programme.
pub(crate) async fn of_lead(pool: &PgPool, region: &str, lead: Uuid) -> sqlx::Result<Vec<AwardRow>> {
    sqlx::query_as("select * from reward_award where region = $1 and lead_id = $2 order by id limit 50")
        .bind(region)
        .bind(lead)
        .fetch_all(pool)
        .await
}

/// Which awards are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub programme: Option<Uuid>,
    pub state: Option<AwardState>,
    pub reason: Option<Reason>,
    pub held: Option<bool>,
    pub day: Option<NaiveDate>,
    pub number: Option<String>,
    pub before: Option<Uuid>,
}

/// Awards, the newest first.
pub(crate) async fn list(pool: &PgPool, region: &str, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<AwardRow>> {
    let mut query = QueryBuilder::<Postgres>::new("select a.* from reward_award a where a.region = ");
    query.push_bind(region.to_owned());
    if let Some(programme) = wanted.programme {
        query.push(" and a.programme = ").push_bind(programme);
    }
    if let Some(state) = wanted.state {
        query.push(" and a.state = ").push_bind(state.code());
    }
    if let Some(reason) = wanted.reason {
        query.push(" and a.reason = ").push_bind(reason.code());
    }
    if let Some(held) = wanted.held {
        query.push(if held { " and a.hold is not null" } else { " and a.hold is null" });
    }
    if let Some(day) = wanted.day {
        query.push(" and a.day = ").push_bind(day);
    }
    if let Some(number) = &wanted.number {
        query.push(" and a.number = ").push_bind(number.clone());
    }
    if let Some(before) = wanted.before {
        query.push(" and a.id < ").push_bind(before);
    }
    query.push(" order by a.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// Approves an award.
pub(crate) async fn approve(
    connection: &mut PgConnection,
    id: Uuid,
    by: Uuid,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("update reward_award set state = 'granted', approved_by = $2, approved_at = $3, claim_until = $4 where id = $1")
        .bind(id)
        .bind(by)
        .bind(now)
        .bind(until)
        .execute(connection)
        .await
        .map(drop)
}

/// Ends an award without its being paid, or takes one back that was.
pub(crate) async fn end(
    connection: &mut PgConnection,
    id: Uuid,
    state: AwardState,
    reason: Option<Reason>,
    note: Option<&str>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("update reward_award set state = $2, reason = $3, note = coalesce($4, note), ended_at = $5 where id = $1")
        .bind(id)
        .bind(state.code())
        .bind(reason.map(Reason::code))
        .bind(note)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Notes who is to be paid.
pub(crate) async fn claim(connection: &mut PgConnection, id: Uuid, payee: &[u8], subject: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update reward_award set state = 'claimed', payee = $2, subject = $3, claimed_at = $4 where id = $1")
        .bind(id)
        .bind(payee)
        .bind(subject)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// Awards of a telephone for reports received from one instant to before another, whether it was left with the report or claimed with.
pub(crate) async fn claimed_by(
    connection: &mut PgConnection,
    region: &str,
    payee: &[u8],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    not: Uuid,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from reward_award where region = $1 and payee = $2 and received_at >= $3 and received_at < $4 and id <> $5
            and state in ('claimed', 'paid')",
    )
    .bind(region)
    .bind(payee)
    .bind(from)
    .bind(until)
    .bind(not)
    .fetch_one(connection)
    .await
}

/// Puts claimed awards that somebody else approved into a payout; answers how many and how much.
pub(crate) async fn take_into(
    connection: &mut PgConnection,
    programme: Uuid,
    payout: Uuid,
    not_approved_by: Uuid,
    most: i64,
) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "with taken as (
            update reward_award set payout = $2 where id in (
                select id from reward_award where programme = $1 and state = 'claimed' and payout is null and approved_by <> $3
                order by claimed_at, id limit $4)
            returning fen)
         select count(*), coalesce(sum(fen), 0)::bigint from taken",
    )
    .bind(programme)
    .bind(payout)
    .bind(not_approved_by)
    .bind(most)
    .fetch_one(connection)
    .await
}

/// The awards of a payout, in order.
pub(crate) async fn of_payout(connection: &mut PgConnection, payout: Uuid) -> sqlx::Result<Vec<AwardRow>> {
    sqlx::query_as("select * from reward_award where payout = $1 order by id").bind(payout).fetch_all(connection).await
}

pub(crate) async fn paid(connection: &mut PgConnection, id: Uuid, reference: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update reward_award set state = 'paid', paid_at = $2, reference = $3 where id = $1")
        .bind(id)
        .bind(now)
        .bind(reference)
        .execute(connection)
        .await
        .map(drop)
}

/// Finance paid what was taken back meanwhile: it stands as taken back, and paid.
pub(crate) async fn paid_after_all(connection: &mut PgConnection, id: Uuid, reference: &str, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update reward_award set paid_at = $2, reference = $3 where id = $1")
        .bind(id)
        .bind(now)
        .bind(reference)
        .execute(connection)
        .await
        .map(drop)
}

/// Whether a number of finance stands at another award.
pub(crate) async fn has_reference(connection: &mut PgConnection, region: &str, reference: &str, not: Option<Uuid>) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from reward_award where region = $1 and reference = $2 and id is distinct from $3)")
        .bind(region)
        .bind(reference)
        .bind(not)
        .fetch_one(connection)
        .await
}

/// Finance could not pay: the award waits for the next file.
pub(crate) async fn unpaid(connection: &mut PgConnection, id: Uuid, note: &str) -> sqlx::Result<()> {
    sqlx::query("update reward_award set payout = null, note = $2 where id = $1").bind(id).bind(note).execute(connection).await.map(drop)
}

/// The reports of a day that took part in the lot, in its order.
pub(crate) async fn lots(pool: &PgPool, programme: Uuid, day: NaiveDate, most: i64) -> sqlx::Result<Vec<(String, String, bool)>> {
    sqlx::query_as(
        "select number, lot, reason is distinct from 'budget' from reward_award
         where programme = $1 and day = $2 and lot is not null order by lot collate \"C\" limit $3",
    )
    .bind(programme)
    .bind(day)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Notes what was looked at, and why.
pub(crate) async fn note(connection: &mut PgConnection, id: Uuid, hold: &str, note: &str) -> sqlx::Result<()> {
    sqlx::query("update reward_award set hold = $2, note = $3 where id = $1")
        .bind(id)
        .bind(hold)
        .bind(note)
        .execute(connection)
        .await
        .map(drop)
}

/// The leads of awards that wait for their approval.
pub(crate) async fn leads_of(connection: &mut PgConnection, region: &str, awards: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select lead_id from reward_award where region = $1 and id = any($2) and state = 'reserved'")
        .bind(region)
        .bind(awards)
        .fetch_all(connection)
        .await
}
