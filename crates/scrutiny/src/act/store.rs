//! SQL of what was answered on site.

use chrono::{DateTime, TimeDelta, Utc};
use leads::{Evidence, EvidenceVerb};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// The code of what was answered.
pub(crate) const fn code(verb: EvidenceVerb) -> &'static str {
    match verb {
        EvidenceVerb::Verify => "verify",
        EvidenceVerb::Fix => "fix",
        EvidenceVerb::Check => "check",
    }
}

/// Writes what was answered about a lead; what stands already stays, since the ledger only grows.
pub(crate) async fn keep(connection: &mut PgConnection, of: &Evidence) -> sqlx::Result<()> {
    for act in &of.acts {
        sqlx::query(
            "insert into scrutiny_act (region, docket_id, seq, number, verb, at, person, unit, jurisdiction, passed, due_at, lon, lat,
                accuracy, stood_at, simulated)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing",
        )
        .bind(&of.key.region)
        .bind(of.key.id.uuid())
        .bind(act.seq)
        .bind(&of.number)
        .bind(code(act.verb))
        .bind(act.at)
        .bind(act.person)
        .bind(act.unit)
        .bind(&of.jurisdiction)
        .bind(act.passed)
        .bind(act.due_at)
        .bind(act.place.map(|place| place.lon))
        .bind(act.place.map(|place| place.lat))
        .bind(act.accuracy)
        .bind(act.stood_at)
        .bind(of.simulated)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// An answer about another lead with where the person stood.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Near {
    pub docket_id: Uuid,
    pub seq: i64,
    pub number: String,
    pub lon: f64,
    pub lat: f64,
    pub accuracy: Option<f64>,
    pub stood_at: DateTime<Utc>,
}

/// What the same person answered on site just before and just after, about another lead.
pub(crate) async fn neighbours(connection: &mut PgConnection, person: Uuid, at: DateTime<Utc>, not: Uuid) -> sqlx::Result<Vec<Near>> {
    sqlx::query_as(
        "(select docket_id, seq, number, lon, lat, accuracy, stood_at from scrutiny_act
            where person = $1 and lon is not null and stood_at <= $2 and verb <> 'fix' and docket_id <> $3 order by stood_at desc limit 1)
         union all
         (select docket_id, seq, number, lon, lat, accuracy, stood_at from scrutiny_act
            where person = $1 and lon is not null and stood_at > $2 and verb <> 'fix' and docket_id <> $3 order by stood_at limit 1)",
    )
    .bind(person)
    .bind(at)
    .bind(not)
    .fetch_all(connection)
    .await
}

/// A unit's or a person's replies in time, and those of the last minutes.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Spread {
    pub subject: Uuid,
    pub unit: Option<Uuid>,
    pub replies: i64,
    pub late: i64,
    pub simulated: bool,
}

/// Whose replies are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Unit,
    Person,
}

/// The replies in time since an instant, unit by unit or person by person.
pub(crate) async fn spread(connection: &mut PgConnection, of: Of, since: DateTime<Utc>, last: TimeDelta) -> sqlx::Result<Vec<Spread>> {
    let query = match of {
        Of::Unit => sqlx::query_as(
            "select unit as subject, unit, count(*) as replies, count(*) filter (where due_at - at <= make_interval(secs => $2)) as late,
                bool_or(simulated) as simulated
             from scrutiny_act where verb = 'fix' and due_at is not null and at >= $1 and at <= due_at and unit is not null group by unit",
        ),
        Of::Person => sqlx::query_as(
            "select person as subject, (array_agg(unit order by at desc))[1] as unit, count(*) as replies,
                count(*) filter (where due_at - at <= make_interval(secs => $2)) as late, bool_or(simulated) as simulated
             from scrutiny_act where verb = 'fix' and due_at is not null and at >= $1 and at <= due_at and person is not null group by person",
        ),
    };
    query.bind(since).bind(last.num_seconds() as f64).fetch_all(connection).await
}

/// The leads of a subject's last-minute replies, the newest first.
pub(crate) async fn late_leads(
    connection: &mut PgConnection,
    subject: Uuid,
    since: DateTime<Utc>,
    last: TimeDelta,
    most: i64,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select docket_id from (
            select docket_id, max(at) as newest from scrutiny_act
            where verb = 'fix' and due_at is not null and at >= $2 and at <= due_at and due_at - at <= make_interval(secs => $3)
                and (unit = $1 or person = $1) group by docket_id) as late
         order by newest desc limit $4",
    )
    .bind(subject)
    .bind(since)
    .bind(last.num_seconds() as f64)
    .bind(most)
    .fetch_all(connection)
    .await
}
