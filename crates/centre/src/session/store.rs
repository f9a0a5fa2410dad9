//! The SQL of sessions.

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `centre_session`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SessionRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub room: Uuid,
    pub room_number: i32,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub planned_until: DateTime<Utc>,
    pub docket: Uuid,
    pub case_number: String,
    pub purpose: String,
    pub role: String,
    pub party: Option<i16>,
    pub officers: Vec<Uuid>,
    pub note: Option<String>,
    pub state: String,
    pub version: i32,
    pub simulated: bool,
    pub booked_by: Uuid,
    pub booked_at: DateTime<Utc>,
    pub subject: Option<Uuid>,
    pub minor: bool,
    pub guardian: Option<String>,
    pub arrived_at: Option<DateTime<Utc>>,
    pub rights_told_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub over_reason: Option<String>,
    pub unrecorded: Option<String>,
}

/// A session with its room and how many recordings it has.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Listed {
    #[sqlx(flatten)]
    pub session: SessionRow,
    pub room_name: String,
    pub room_records: bool,
    pub recordings: i64,
}

/// A rest.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RestRow {
    pub from_at: DateTime<Utc>,
    pub until_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
}

/// Which sessions.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    pub room: Option<Uuid>,
    pub case: Option<Uuid>,
    pub id: Option<Uuid>,
    pub state: Option<String>,
    pub words: Option<String>,
    /// Only those that ended in a recorded room without a recording, and without a reason.
    pub gaps: bool,
    pub most: i64,
}

/// Sessions on a scope's ground, the earliest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let mut query = QueryBuilder::new(
        "select s.*, r.name as room_name, r.records as room_records,
            (select count(*) from centre_recording c where c.session = s.id) as recordings
         from centre_session s join centre_room r on r.id = s.room where s.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "s.jurisdiction");
    if let Some(from) = wanted.from {
        query.push(" and s.ends_at > ").push_bind(from);
    }
    if let Some(until) = wanted.until {
        query.push(" and s.starts_at < ").push_bind(until);
    }
    if let Some(room) = wanted.room {
        query.push(" and s.room = ").push_bind(room);
    }
    if let Some(case) = wanted.case {
        query.push(" and s.docket = ").push_bind(case);
    }
    if let Some(id) = wanted.id {
        query.push(" and s.id = ").push_bind(id);
    }
    if let Some(state) = &wanted.state {
        query.push(" and s.state = ").push_bind(state.clone());
    }
    if let Some(words) = &wanted.words {
        query.push(" and s.case_number ilike ").push_bind(like(words));
    }
    if wanted.gaps {
        query.push(
            " and s.state = 'ended' and r.records and s.unrecorded is null
              and not exists (select from centre_recording c where c.session = s.id)",
        );
    }
    query.push(" order by s.starts_at, s.id limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a session on a scope's ground until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<SessionRow>> {
    let mut query = QueryBuilder::new("select * from centre_session s where s.region = ");
    query.push_bind(region.to_owned()).push(" and s.id = ").push_bind(id);
    scope::push_inside(&mut query, scope, "s.jurisdiction");
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// Books a room; `false` where it is taken then: the database excludes it, however two bookings race.
pub(crate) async fn insert(connection: &mut PgConnection, row: &SessionRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_session (id, region, jurisdiction, room, room_number, starts_at, ends_at, planned_until, docket, case_number,
            purpose, role, party, officers, note, state, simulated, booked_by, booked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(row.room)
    .bind(row.room_number)
    .bind(row.starts_at)
    .bind(row.ends_at)
    .bind(row.planned_until)
    .bind(row.docket)
    .bind(&row.case_number)
    .bind(&row.purpose)
    .bind(&row.role)
    .bind(row.party)
    .bind(&row.officers)
    .bind(&row.note)
    .bind(&row.state)
    .bind(row.simulated)
    .bind(row.booked_by)
    .bind(row.booked_at)
    .execute(connection)
    .await;
    match done {
        Ok(_) => Ok(true),
        Err(error) if error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) == Some("centre_session_room") => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Those of these officers who are in another session then.
pub(crate) async fn busy(
    connection: &mut PgConnection,
    officers: &[Uuid],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select distinct o from centre_session s cross join unnest(s.officers) o
         where s.officers && $1 and o = any ($1) and s.starts_at < $3 and s.ends_at > $2 and s.state not in ('cancelled', 'no_show', 'ended')",
    )
    .bind(officers)
    .bind(from)
    .bind(until)
    .fetch_all(connection)
    .await
}

/// Whether another session goes on in a room; the room is held until the commit, so that of two that begin at once one sees the other.
pub(crate) async fn in_use(connection: &mut PgConnection, room: Uuid, session: Uuid) -> sqlx::Result<bool> {
    sqlx::query("select from centre_room where id = $1 for no key update").bind(room).execute(&mut *connection).await?;
    sqlx::query_scalar("select exists (select from centre_session where room = $1 and id <> $2 and state in ('running', 'resting'))")
        .bind(room)
        .bind(session)
        .fetch_one(connection)
        .await
}

/// Writes what a step changed.
pub(crate) async fn update(connection: &mut PgConnection, row: &SessionRow) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_session set state = $2, version = version + 1, ends_at = $3, subject = $4, minor = $5, guardian = $6, arrived_at = $7,
            rights_told_at = $8, started_at = $9, ended_at = $10, over_reason = $11, unrecorded = $12 where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.ends_at)
    .bind(row.subject)
    .bind(row.minor)
    .bind(&row.guardian)
    .bind(row.arrived_at)
    .bind(row.rights_told_at)
    .bind(row.started_at)
    .bind(row.ended_at)
    .bind(&row.over_reason)
    .bind(&row.unrecorded)
    .execute(connection)
    .await
    .map(drop)
}

/// Begins a rest.
pub(crate) async fn rest(connection: &mut PgConnection, session: Uuid, at: DateTime<Utc>, note: Option<&str>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into centre_rest (session, ordinal, from_at, note)
         select $1, coalesce(max(ordinal), 0) + 1, $2, $3 from centre_rest where session = $1",
    )
    .bind(session)
    .bind(at)
    .bind(note)
    .execute(connection)
    .await
    .map(drop)
}

/// Ends the rest that is open.
pub(crate) async fn end_rest(connection: &mut PgConnection, session: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update centre_rest set until_at = $2 where session = $1 and until_at is null")
        .bind(session)
        .bind(at)
        .execute(connection)
        .await
        .map(drop)
}

/// The rests of a session.
pub(crate) async fn rests(connection: &mut PgConnection, session: Uuid) -> sqlx::Result<Vec<RestRow>> {
    sqlx::query_as("select from_at, until_at, note from centre_rest where session = $1 order by ordinal")
        .bind(session)
        .fetch_all(connection)
        .await
}

/// Notes who looked at the data of who was questioned.
pub(crate) async fn keep_reveal(
    connection: &mut PgConnection,
    session: Uuid,
    person: Uuid,
    at: DateTime<Utc>,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query("insert into centre_reveal (session, person, at, reason) values ($1, $2, $3, $4)")
        .bind(session)
        .bind(person)
        .bind(at)
        .bind(reason)
        .execute(connection)
        .await
        .map(drop)
}
