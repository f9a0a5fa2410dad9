//! SQL of events and watches: a batch at a time, whatever its size.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::{Event, Outcome, judge::Watch};

/// A device and a kind.
pub(super) type Pair = (String, i16);

#[derive(Debug, FromRow)]
struct WatchRow {
    device: String,
    kind: i16,
    ring: i64,
    absent: i32,
    last_at: Option<DateTime<Utc>>,
    sighting: Option<Uuid>,
    quiet_until: Option<DateTime<Utc>>,
    paused_at: Option<DateTime<Utc>>,
}

const LOCK: &str = "select w.device, w.kind, w.ring, w.absent, w.last_at, w.sighting, w.quiet_until, w.paused_at
    from watch w join unnest($2::text[], $3::smallint[]) as wanted (device, kind) using (device, kind)
    where w.region = $1 order by w.device, w.kind for update of w";

/// The watches of these pairs, locked until the transaction ends, always in one order; those that are new are made.
pub(super) async fn lock_watches(connection: &mut PgConnection, region: &str, pairs: &[Pair]) -> sqlx::Result<HashMap<Pair, Watch>> {
    let devices: Vec<&str> = pairs.iter().map(|pair| pair.0.as_str()).collect();
    let kinds: Vec<i16> = pairs.iter().map(|pair| pair.1).collect();
    let mut found = locked(connection, region, &devices, &kinds).await?;
    if found.len() < pairs.len() {
        sqlx::query(
            "insert into watch (region, device, kind) select $1, device, kind from unnest($2::text[], $3::smallint[]) as wanted (device, kind)
             order by device, kind on conflict do nothing",
        )
        .bind(region)
        .bind(&devices)
        .bind(&kinds)
        .execute(&mut *connection)
        .await?;
        found = locked(connection, region, &devices, &kinds).await?;
    }
    Ok(found)
}

async fn locked(connection: &mut PgConnection, region: &str, devices: &[&str], kinds: &[i16]) -> sqlx::Result<HashMap<Pair, Watch>> {
    let rows: Vec<WatchRow> = sqlx::query_as(LOCK).bind(region).bind(devices).bind(kinds).fetch_all(connection).await?;
    let watch = |row: WatchRow| {
        let watch = Watch {
            // The ring has 32 looks.
            ring: row.ring as u32,
            absent: row.absent,
            last_at: row.last_at,
            sighting: row.sighting,
            quiet_until: row.quiet_until,
            paused: row.paused_at.is_some(),
        };
        ((row.device, row.kind), watch)
    };
    Ok(rows.into_iter().map(watch).collect())
}

/// Which of these keys came before.
pub(super) async fn known(
    connection: &mut PgConnection,
    region: &str,
    events: &[&Event],
) -> sqlx::Result<HashMap<(String, String), (String, Option<Uuid>)>> {
    let devices: Vec<&str> = events.iter().map(|event| event.device.as_str()).collect();
    let keys: Vec<&str> = events.iter().map(|event| event.key.as_str()).collect();
    let rows: Vec<(String, String, String, Option<Uuid>)> = sqlx::query_as(
        "select e.device, e.key, e.outcome, e.sighting from machine_event e
         join unnest($2::text[], $3::text[]) as sent (device, key) using (device, key) where e.region = $1",
    )
    .bind(region)
    .bind(devices)
    .bind(keys)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(device, key, outcome, sighting)| ((device, key), (outcome, sighting))).collect())
}

/// An event and what became of it.
pub(super) struct Judged<'a> {
    pub event: &'a Event,
    pub outcome: Outcome,
    pub sighting: Option<Uuid>,
}

/// Writes the events of a batch.
pub(super) async fn insert_events(
    connection: &mut PgConnection,
    region: &str,
    judged: &[Judged<'_>],
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    if judged.is_empty() {
        return Ok(());
    }
    let events = || judged.iter().map(|it| it.event);
    // An array of arrays must be even: a box goes as four columns.
    let part = |at: usize| events().map(|event| event.area.map(|area| area[at])).collect::<Vec<Option<f32>>>();
    sqlx::query(
        "insert into machine_event (region, device, key, kind, at, taken_at, present, confidence, box, picture, model, lon, lat, outcome, sighting)
         select $1, device, key, kind, at, $2, present, confidence, case when l is null then null else array[l, t, w, h] end, picture, model, lon, lat,
            outcome, sighting
         from unnest($3::text[], $4::text[], $5::smallint[], $6::timestamptz[], $7::bool[], $8::real[], $9::real[], $10::real[], $11::real[],
            $12::real[], $13::text[], $14::text[], $15::float8[], $16::float8[], $17::text[], $18::uuid[])
            as e (device, key, kind, at, present, confidence, l, t, w, h, picture, model, lon, lat, outcome, sighting)",
    )
    .bind(region)
    .bind(now)
    .bind(events().map(|event| event.device.as_str()).collect::<Vec<_>>())
    .bind(events().map(|event| event.key.as_str()).collect::<Vec<_>>())
    .bind(events().map(|event| event.kind).collect::<Vec<_>>())
    .bind(events().map(|event| event.at).collect::<Vec<_>>())
    .bind(events().map(|event| event.present).collect::<Vec<_>>())
    .bind(events().map(|event| event.confidence).collect::<Vec<_>>())
    .bind(part(0))
    .bind(part(1))
    .bind(part(2))
    .bind(part(3))
    .bind(events().map(|event| event.picture.as_deref()).collect::<Vec<_>>())
    .bind(events().map(|event| event.model.as_str()).collect::<Vec<_>>())
    .bind(events().map(|event| event.position.map(|it| it.lon)).collect::<Vec<_>>())
    .bind(events().map(|event| event.position.map(|it| it.lat)).collect::<Vec<_>>())
    .bind(judged.iter().map(|it| it.outcome.code()).collect::<Vec<_>>())
    .bind(judged.iter().map(|it| it.sighting).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes what the watches became.
pub(super) async fn save_watches(connection: &mut PgConnection, region: &str, changed: &[(&Pair, &Watch)]) -> sqlx::Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update watch w set ring = n.ring, absent = n.absent, last_at = n.last_at, sighting = n.sighting
         from unnest($2::text[], $3::smallint[], $4::bigint[], $5::int[], $6::timestamptz[], $7::uuid[]) as n (device, kind, ring, absent, last_at, sighting)
         where w.region = $1 and w.device = n.device and w.kind = n.kind",
    )
    .bind(region)
    .bind(changed.iter().map(|(pair, _)| pair.0.as_str()).collect::<Vec<_>>())
    .bind(changed.iter().map(|(pair, _)| pair.1).collect::<Vec<_>>())
    .bind(changed.iter().map(|(_, watch)| i64::from(watch.ring)).collect::<Vec<_>>())
    .bind(changed.iter().map(|(_, watch)| watch.absent).collect::<Vec<_>>())
    .bind(changed.iter().map(|(_, watch)| watch.last_at).collect::<Vec<_>>())
    .bind(changed.iter().map(|(_, watch)| watch.sighting).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Keys of a batch, each once.
pub(super) fn first_of_each(events: &[Event]) -> Vec<&Event> {
    let mut seen: HashSet<(&str, &str)> = HashSet::with_capacity(events.len());
    events.iter().filter(|event| seen.insert((&event.device, &event.key))).collect()
}

/// Of an event that this is true for nothing hangs any more: its sighting is over, or became no lead, and no held lead came of it.
macro_rules! done_with {
    () => {
        "not exists (select from sighting s where s.region = e.region and s.id = e.sighting
            and (s.state in ('waiting', 'approved', 'filed') or s.lead_id = any ($3)))"
    };
}

pub(super) async fn drop_events_before(
    connection: &mut PgConnection,
    region: &str,
    before: DateTime<Utc>,
    held: &[Uuid],
    most: i64,
) -> sqlx::Result<i64> {
    let done = sqlx::query(concat!(
        "delete from machine_event where (region, device, key) in (
            select region, device, key from machine_event e where region = $1 and taken_at < $2 and ",
        done_with!(),
        " order by taken_at limit $4)"
    ))
    .bind(region)
    .bind(before)
    .bind(held)
    .bind(most)
    .execute(connection)
    .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// How many would go, and how many stay though they are as old.
pub(super) async fn count_events_before(
    connection: &mut PgConnection,
    region: &str,
    before: DateTime<Utc>,
    held: &[Uuid],
) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(concat!(
        "select count(*) filter (where free), count(*) filter (where not free) from (select ",
        done_with!(),
        " as free from machine_event e where region = $1 and taken_at < $2) as old"
    ))
    .bind(region)
    .bind(before)
    .bind(held)
    .fetch_one(connection)
    .await
}
