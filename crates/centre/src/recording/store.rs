//! The SQL of recordings.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::{scope, words::like};

/// A row of `centre_recording`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct RecordingRow {
    pub id: Uuid,
    pub region: String,
    pub jurisdiction: String,
    pub session: Option<Uuid>,
    pub device: Option<Uuid>,
    pub docket: Option<Uuid>,
    pub case_number: Option<String>,
    pub item: Option<Uuid>,
    pub name: String,
    pub digest: Option<String>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub officer: Option<Uuid>,
    pub aside: Option<String>,
    pub keep_until: Option<NaiveDate>,
    pub entered_by: Uuid,
    pub entered_at: DateTime<Utc>,
}

/// A recording with what it was made by.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Listed {
    #[sqlx(flatten)]
    pub recording: RecordingRow,
    pub room_name: Option<String>,
    pub purpose: Option<String>,
    pub role: Option<String>,
    pub device_code: Option<String>,
}

/// Which recordings.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    pub room: Option<Uuid>,
    pub role: Option<String>,
    pub case: Option<Uuid>,
    pub session: Option<Uuid>,
    pub id: Option<Uuid>,
    pub words: Option<String>,
    /// Only those of devices that belong to no case and were not set aside.
    pub unassigned: bool,
    pub before: Option<(DateTime<Utc>, Uuid)>,
    pub most: i64,
}

/// Recordings on a scope's ground, the newest first.
pub(crate) async fn list(connection: &mut PgConnection, scope: &Scope, region: &str, wanted: &Wanted) -> sqlx::Result<Vec<Listed>> {
    let mut query = QueryBuilder::new(
        "select c.*, r.name as room_name, s.purpose, s.role, d.code as device_code from centre_recording c
            left join centre_session s on s.id = c.session left join centre_room r on r.id = s.room
            left join centre_device d on d.id = c.device where c.region = ",
    );
    query.push_bind(region.to_owned());
    scope::push_inside(&mut query, scope, "c.jurisdiction");
    if let Some(from) = wanted.from {
        query.push(" and c.ends_at > ").push_bind(from);
    }
    if let Some(until) = wanted.until {
        query.push(" and c.starts_at < ").push_bind(until);
    }
    if let Some(room) = wanted.room {
        query.push(" and s.room = ").push_bind(room);
    }
    if let Some(role) = &wanted.role {
        query.push(" and s.role = ").push_bind(role.clone());
    }
    if let Some(case) = wanted.case {
        query.push(" and c.docket = ").push_bind(case);
    }
    if let Some(session) = wanted.session {
        query.push(" and c.session = ").push_bind(session);
    }
    if let Some(id) = wanted.id {
        query.push(" and c.id = ").push_bind(id);
    }
    if let Some(words) = &wanted.words {
        query.push(" and (c.case_number ilike ").push_bind(like(words));
        query.push(" or c.name ilike ").push_bind(like(words)).push(")");
    }
    if wanted.unassigned {
        query.push(" and c.docket is null and c.aside is null");
    }
    if let Some((at, id)) = wanted.before {
        query.push(" and (c.starts_at, c.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(" order by c.starts_at desc, c.id desc limit ").push_bind(wanted.most);
    query.build_query_as().fetch_all(connection).await
}

/// Holds a recording on a scope's ground until the commit.
pub(crate) async fn hold(connection: &mut PgConnection, scope: &Scope, region: &str, id: Uuid) -> sqlx::Result<Option<RecordingRow>> {
    let mut query = QueryBuilder::new("select * from centre_recording c where c.region = ");
    query.push_bind(region.to_owned()).push(" and c.id = ").push_bind(id);
    scope::push_inside(&mut query, scope, "c.jurisdiction");
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// Adds a recording; `false` where its file or its item is known already.
pub(crate) async fn insert(connection: &mut PgConnection, row: &RecordingRow) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "insert into centre_recording (id, region, jurisdiction, session, device, docket, case_number, item, name, digest, starts_at,
            ends_at, officer, aside, keep_until, entered_by, entered_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict do nothing",
    )
    .bind(row.id)
    .bind(&row.region)
    .bind(&row.jurisdiction)
    .bind(row.session)
    .bind(row.device)
    .bind(row.docket)
    .bind(&row.case_number)
    .bind(row.item)
    .bind(&row.name)
    .bind(&row.digest)
    .bind(row.starts_at)
    .bind(row.ends_at)
    .bind(row.officer)
    .bind(&row.aside)
    .bind(row.keep_until)
    .bind(row.entered_by)
    .bind(row.entered_at)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes where a recording belongs.
pub(crate) async fn settle(connection: &mut PgConnection, row: &RecordingRow) -> sqlx::Result<()> {
    sqlx::query(
        "update centre_recording set session = $2, docket = $3, case_number = $4, item = $5, aside = $6, keep_until = $7, jurisdiction = $8
         where id = $1",
    )
    .bind(row.id)
    .bind(row.session)
    .bind(row.docket)
    .bind(&row.case_number)
    .bind(row.item)
    .bind(&row.aside)
    .bind(row.keep_until)
    .bind(&row.jurisdiction)
    .execute(connection)
    .await
    .map(drop)
}

/// Whether an item of evidence is the file of a recording.
pub(crate) async fn is_used(connection: &mut PgConnection, item: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from centre_recording where item = $1)").bind(item).fetch_one(connection).await
}

/// Who had a device at a moment.
pub(crate) async fn holder_at(connection: &mut PgConnection, device: Uuid, at: DateTime<Utc>) -> sqlx::Result<Option<Uuid>> {
    let last: Option<(String, Option<Uuid>)> = sqlx::query_as(
        "select kind, person from centre_device_line where device = $1 and kind in ('issued', 'returned', 'gone') and at <= $2
         order by ordinal desc limit 1",
    )
    .bind(device)
    .bind(at)
    .fetch_optional(connection)
    .await?;
    Ok(last.filter(|(kind, _)| kind == "issued").and_then(|(_, person)| person))
}

/// A session that an officer held then.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct HeldThen {
    pub id: Uuid,
    pub docket: Uuid,
    pub case_number: String,
    pub jurisdiction: String,
}

/// The sessions that an officer held within a stretch, two at most: one says whose recording it is, two say nothing. One that nobody ended is over
/// two hours after its time: it does not draw everything that he recorded since.
pub(crate) async fn held_then(
    connection: &mut PgConnection,
    region: &str,
    officer: Uuid,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> sqlx::Result<Vec<HeldThen>> {
    sqlx::query_as(
        "select id, docket, case_number, jurisdiction from centre_session
         where region = $1 and officers @> array[$2] and started_at < $4
            and coalesce(ended_at, planned_until + interval '2 hours') > $3 order by started_at limit 2",
    )
    .bind(region)
    .bind(officer)
    .bind(from)
    .bind(until)
    .fetch_all(connection)
    .await
}
