//! SQL of settling.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// A day of a programme.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct DayRow {
    pub day: NaiveDate,
    pub commitment: String,
    pub committed_at: DateTime<Utc>,
    pub sealed: Uuid,
    pub seed: Option<String>,
}

pub(crate) async fn day(connection: &mut PgConnection, programme: Uuid, day: NaiveDate) -> sqlx::Result<Option<DayRow>> {
    sqlx::query_as("select day, commitment, committed_at, sealed, seed from reward_day where programme = $1 and day = $2")
        .bind(programme)
        .bind(day)
        .fetch_optional(connection)
        .await
}

/// The newest days of a programme.
pub(crate) async fn days(pool: &PgPool, programme: Uuid, most: i64) -> sqlx::Result<Vec<DayRow>> {
    sqlx::query_as("select day, commitment, committed_at, sealed, seed from reward_day where programme = $1 order by day desc limit $2")
        .bind(programme)
        .bind(most)
        .fetch_all(pool)
        .await
}

pub(super) async fn commit(
    connection: &mut PgConnection,
    programme: Uuid,
    day: NaiveDate,
    commitment: &str,
    sealed: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into reward_day (programme, day, commitment, committed_at, sealed) values ($1, $2, $3, $4, $5)")
        .bind(programme)
        .bind(day)
        .bind(commitment)
        .bind(now)
        .bind(sealed)
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn reveal(
    connection: &mut PgConnection,
    programme: Uuid,
    day: NaiveDate,
    seed: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("update reward_day set seed = $3, settled_at = $4, drawn = true where programme = $1 and day = $2")
        .bind(programme)
        .bind(day)
        .bind(seed)
        .bind(now)
        .execute(connection)
        .await
        .map(drop)
}

/// A programme that may have days to settle.
pub(super) async fn programmes(pool: &PgPool, region: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from reward_programme where region = $1 order by id").bind(region).fetch_all(pool).await
}

/// A report that may get something.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct CandidateRow {
    pub lead: Uuid,
    pub number: String,
    pub received_at: DateTime<Utc>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub class: Option<String>,
    pub problem: Uuid,
    pub person: Option<Vec<u8>>,
    pub staff: bool,
    pub simulated: bool,
}

/// Which reports are looked at.
pub(crate) struct Wanted<'a> {
    pub region: &'a str,
    /// Codes of the sources of citizens themselves.
    pub sources: &'a [String],
    pub area: &'a str,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Those that this programme has decided about are left out.
    pub programme: Option<Uuid>,
    pub most: i64,
}

/// Reports of citizens whose problem was accepted and filed and is not voided, in the order of their receipt. The class is that of the lead in
/// which a merged report goes on.
pub(crate) async fn candidates(connection: &mut PgConnection, wanted: &Wanted<'_>) -> sqlx::Result<Vec<CandidateRow>> {
    sqlx::query_as(
        "select d.id as lead, d.number, d.opened_at as received_at, d.lon, d.lat, coalesce(t.class_code, l.class_code) as class,
            g.id as problem, s.blind as person, l.reporter_person is not null as staff, d.simulated
         from docket d join lead l on l.region = d.region and l.id = d.id
         cross join lateral (
            with recursive onward (id, into_id, depth) as (
                select l.id, l.merged_into, 0
                union all
                select n.id, n.merged_into, depth + 1 from onward join lead n on n.region = d.region and n.id = onward.into_id where depth < 100)
            select id from onward order by depth desc limit 1) g
         join lead t on t.region = d.region and t.id = g.id join docket h on h.region = d.region and h.id = g.id
         left join lateral (select blind from personal p where p.region = d.region and p.subject = l.reporter_subject and p.field = 'telephone') s on true
         where d.region = $1 and d.kind = 'lead' and d.opened_at >= $2 and d.opened_at < $3 and l.source = any($4) and starts_with(d.jurisdiction, $5)
            and d.id >= $9 and h.state = any($6) and ($7::uuid is null or not exists (select from reward_award a where a.programme = $7 and a.lead_id = d.id))
         order by d.opened_at, d.id limit $8",
    )
    .bind(wanted.region)
    .bind(wanted.from)
    .bind(wanted.until)
    .bind(wanted.sources)
    .bind(wanted.area)
    .bind(FILED)
    .bind(wanted.programme)
    .bind(wanted.most)
    .bind(first_at(wanted.from))
    .fetch_all(connection)
    .await
}

/// The smallest id of an instant: ids begin with their milliseconds (UUIDv7). A report gets its id when it is written, never before its
/// receipt, so none received since has a smaller one; the index of ids is walked from there.
fn first_at(at: DateTime<Utc>) -> Uuid {
    Uuid::from_u128(u128::from(u64::try_from(at.timestamp_millis()).unwrap_or(0)) << 80)
}

/// The states of leads that were accepted and filed, and stand.
const FILED: [&str; 9] = ["filed", "dispatched", "fixing", "suspended", "referred", "fixed", "checking", "checked", "closed"];

/// An award that stands in the way of another.
#[derive(Debug, Clone, FromRow)]
pub(super) struct StandingRow {
    pub lead: Uuid,
    pub received_at: DateTime<Utc>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub person: Option<Vec<u8>>,
    pub unpaid: bool,
}

/// Awards of reports received since, of every programme: a report that two programmes would pay is paid once. A payee counts as well as who
/// reported.
pub(super) async fn standing(connection: &mut PgConnection, region: &str, since: DateTime<Utc>) -> sqlx::Result<Vec<StandingRow>> {
    sqlx::query_as(
        "select lead_id as lead, received_at, lon, lat, coalesce(payee, person) as person, state = 'refused' as unpaid from reward_award
         where region = $1 and received_at >= $2 and (state not in ('refused', 'taken-back') or reason = 'budget')",
    )
    .bind(region)
    .bind(since)
    .fetch_all(connection)
    .await
}

/// Of these problems those of which some report was decided to be rewarded, whenever: the problem, and that report.
pub(super) async fn rewarded(connection: &mut PgConnection, region: &str, problems: &[Uuid]) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as(
        "with recursive together (problem, id) as (
            select p, p from unnest($2::uuid[]) as p
            union
            select t.problem, l.id from together t join lead l on l.region = $1 and l.merged_into = t.id)
         select t.problem, a.lead_id from together t join reward_award a on a.lead_id = t.id and a.region = $1
         where a.state not in ('refused', 'taken-back') or a.reason = 'budget'",
    )
    .bind(region)
    .bind(problems)
    .fetch_all(connection)
    .await
}

/// Which of these keyed indexes are never paid.
pub(crate) async fn barred(connection: &mut PgConnection, region: &str, telephones: &[Vec<u8>]) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar("select telephone from reward_barred where region = $1 and telephone = any($2)")
        .bind(region)
        .bind(telephones)
        .fetch_all(connection)
        .await
}

/// An award with what became of its problem.
#[derive(Debug, Clone, FromRow)]
pub(super) struct WatchedRow {
    pub id: Uuid,
    pub programme: Uuid,
    pub voided: bool,
}

/// Awards for reports received since, which stand although their lead, or that in which it goes on, was voided or refused; and those whose
/// problem has another: what was paid or is with finance stays before what ran out, that before the rest, and then the earlier report. What
/// finance has in a file waits for its answer.
pub(super) async fn gone_wrong(
    connection: &mut PgConnection,
    region: &str,
    since: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<WatchedRow>> {
    sqlx::query_as(
        "with standing as (
            select a.id, a.programme, a.state, a.received_at, g.id as problem, h.state in ('voided', 'rejected') as voided,
                a.state = 'claimed' and a.payout is not null as with_finance
            from reward_award a cross join lateral (
                with recursive onward (id, into_id, depth) as (
                    select l.id, l.merged_into, 0 from lead l where l.region = a.region and l.id = a.lead_id
                    union all
                    select n.id, n.merged_into, depth + 1 from onward join lead n on n.region = a.region and n.id = onward.into_id where depth < 100)
                select id from onward order by depth desc limit 1) g
            join docket h on h.region = a.region and h.id = g.id
            where a.region = $1 and a.received_at >= $3 and a.state in ('reserved', 'granted', 'claimed', 'paid', 'expired'))
         select id, programme, voided from (
            select s.*, row_number() over (partition by problem order by
                case when state = 'paid' or with_finance then 0 when state = 'expired' then 1 else 2 end, received_at, id) as place
            from standing s) n
         where state <> 'expired' and not with_finance and (voided or place > 1) order by id limit $2",
    )
    .bind(region)
    .bind(most)
    .bind(since)
    .fetch_all(connection)
    .await
}

/// Approved awards that nobody claimed in time.
pub(super) async fn unclaimed(
    connection: &mut PgConnection,
    region: &str,
    now: DateTime<Utc>,
    most: i64,
) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    sqlx::query_as(
        "select id, programme from reward_award where region = $1 and state = 'granted' and claim_until < $2 order by id limit $3",
    )
    .bind(region)
    .bind(now)
    .bind(most)
    .fetch_all(connection)
    .await
}
