//! SQL of the tracks.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection, PgPool};

/// A row of the inbox.
#[derive(Debug)]
pub(crate) struct Row {
    pub first_at: i64,
    pub last_at: i64,
    pub many: i32,
    pub points: Vec<u8>,
}

/// Rows of the inbox, durable when this returns.
pub(crate) async fn put(pool: &PgPool, rows: &[Row]) -> sqlx::Result<()> {
    let instant = |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default();
    sqlx::query(
        "insert into track_inbox (first_at, last_at, many, points)
         select * from unnest($1::timestamptz[], $2::timestamptz[], $3::integer[], $4::bytea[])",
    )
    .bind(rows.iter().map(|row| instant(row.first_at)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| instant(row.last_at)).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.many).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| &row.points[..]).collect::<Vec<_>>())
    .execute(pool)
    .await?;
    Ok(())
}

/// How many points wait in the inbox.
pub(crate) async fn waiting(pool: &PgPool) -> sqlx::Result<i64> {
    sqlx::query_scalar("select coalesce(sum(many), 0)::bigint from track_inbox").fetch_one(pool).await
}

/// The oldest rows of the inbox.
pub(crate) async fn inbox(connection: &mut PgConnection, most: i64) -> sqlx::Result<Vec<(i64, Vec<u8>)>> {
    sqlx::query_as("select id, points from track_inbox order by id limit $1").bind(most).fetch_all(connection).await
}

pub(crate) async fn take_out(connection: &mut PgConnection, ids: &[i64]) -> sqlx::Result<()> {
    sqlx::query("delete from track_inbox where id = any($1)").bind(ids).execute(connection).await?;
    Ok(())
}

pub(crate) async fn open_day(pool: &PgPool, day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("select track_open_day($1)").bind(day).execute(pool).await?;
    Ok(())
}

pub(crate) async fn drop_before(pool: &PgPool, day: NaiveDate) -> sqlx::Result<i32> {
    sqlx::query_scalar("select track_drop_before($1)").bind(day).fetch_one(pool).await
}

/// Drops ended alarms that began before an instant.
pub(crate) async fn drop_alarms_before(pool: &PgPool, before: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query("delete from track_alarm where began_at < $1 and ended_at is not null").bind(before).execute(pool).await?;
    Ok(done.rows_affected())
}

/// The last part of a slot.
#[derive(Debug, FromRow)]
pub(crate) struct Last {
    pub day: NaiveDate,
    pub vehicle: i64,
    pub slot: i16,
    pub part: i32,
    /// Nothing where the part is full.
    pub points: Option<Vec<u8>>,
}

/// The last parts of slots; their points where they are fewer than `full`.
pub(crate) async fn last_parts(connection: &mut PgConnection, slots: &[(NaiveDate, i64, i16)], full: i32) -> sqlx::Result<Vec<Last>> {
    let (days, vehicles, numbers) = split(slots);
    sqlx::query_as(
        "select t.day, t.vehicle, t.slot, t.part, case when t.many < $4 then t.points end as points
         from unnest($1::date[], $2::bigint[], $3::smallint[]) as w (day, vehicle, slot)
         join lateral (select * from track t where t.day = w.day and t.vehicle = w.vehicle and t.slot = w.slot order by part desc limit 1) t
            on true",
    )
    .bind(days)
    .bind(vehicles)
    .bind(numbers)
    .bind(full)
    .fetch_all(connection)
    .await
}

fn split(slots: &[(NaiveDate, i64, i16)]) -> (Vec<NaiveDate>, Vec<i64>, Vec<i16>) {
    let mut split = (Vec::new(), Vec::new(), Vec::new());
    for (day, vehicle, slot) in slots {
        split.0.push(*day);
        split.1.push(*vehicle);
        split.2.push(*slot);
    }
    split
}

/// A part as it is to be.
#[derive(Debug)]
pub(crate) struct Part {
    pub slot: (NaiveDate, i64, i16),
    pub part: i32,
    pub many: i32,
    /// West, south, east, north.
    pub covers: Option<[i32; 4]>,
    pub points: Vec<u8>,
}

pub(crate) async fn put_parts(connection: &mut PgConnection, parts: &[Part]) -> sqlx::Result<()> {
    let slots: Vec<_> = parts.iter().map(|part| part.slot).collect();
    let (days, vehicles, numbers) = split(&slots);
    let side = |at: usize| parts.iter().map(|part| part.covers.map(|covers| covers[at])).collect::<Vec<_>>();
    sqlx::query(
        "insert into track (day, vehicle, slot, part, many, west, south, east, north, points)
         select * from unnest($1::date[], $2::bigint[], $3::smallint[], $4::integer[], $5::integer[], $6::integer[], $7::integer[],
            $8::integer[], $9::integer[], $10::bytea[])
         on conflict (day, vehicle, slot, part) do update set many = excluded.many, west = excluded.west, south = excluded.south,
            east = excluded.east, north = excluded.north, points = excluded.points",
    )
    .bind(days)
    .bind(vehicles)
    .bind(numbers)
    .bind(parts.iter().map(|part| part.part).collect::<Vec<_>>())
    .bind(parts.iter().map(|part| part.many).collect::<Vec<_>>())
    .bind(side(0))
    .bind(side(1))
    .bind(side(2))
    .bind(side(3))
    .bind(parts.iter().map(|part| &part.points[..]).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// What is known of a vehicle's newest second.
#[derive(Debug, FromRow)]
pub(crate) struct Newest {
    pub vehicle: i64,
    pub at: DateTime<Utc>,
    /// The bits of all points of the second.
    pub alarms: i64,
    /// The last of them to come, packed.
    pub point: Vec<u8>,
}

/// The newest seconds of vehicles.
pub(crate) async fn newest(connection: &mut PgConnection, vehicles: &[i64]) -> sqlx::Result<Vec<Newest>> {
    sqlx::query_as("select vehicle, at, alarms, point from track_now where vehicle = any($1)").bind(vehicles).fetch_all(connection).await
}

/// The packed newest points: of these vehicles, of all where none is named.
pub(crate) async fn newest_points(pool: &PgPool, vehicles: Option<&[i64]>, most: i64) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar("select point from track_now where $1::bigint[] is null or vehicle = any($1) order by vehicle limit $2")
        .bind(vehicles)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// The packed newest points that changed after a number, and the greatest number that is there; zero where nothing ever changed.
pub(crate) async fn changed_points(pool: &PgPool, since: i64, most: i64) -> sqlx::Result<(Vec<Vec<u8>>, i64)> {
    // One statement and so one view: no change lies between the points and the number.
    let rows: Vec<(Option<Vec<u8>>, i64)> = sqlx::query_as(
        "with top as (select coalesce(max(changed), 0) as changed from track_now)
         select n.point, top.changed from top left join lateral
            (select point from track_now where changed > $1 order by vehicle limit $2) n on true",
    )
    .bind(since)
    .bind(most)
    .fetch_all(pool)
    .await?;
    let top = rows.first().map_or(0, |row| row.1);
    Ok((rows.into_iter().filter_map(|row| row.0).collect(), top))
}

/// The newest points as they are to be: vehicle, time, alarm bits, packed point.
pub(crate) async fn put_newest(connection: &mut PgConnection, rows: &[(i64, DateTime<Utc>, i64, Vec<u8>)]) -> sqlx::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into track_now (vehicle, at, alarms, point, changed)
         select t.*, c.changed from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bytea[]) as t (vehicle, at, alarms, point)
            cross join (select nextval('track_change') as changed) c
         on conflict (vehicle) do update set at = excluded.at, alarms = excluded.alarms, point = excluded.point, changed = excluded.changed",
    )
    .bind(rows.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| row.2).collect::<Vec<_>>())
    .bind(rows.iter().map(|row| &row.3[..]).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// An alarm from when its bit rose to when it fell (报警起止).
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Alarm {
    /// Which vehicle.
    pub vehicle: i64,
    /// Which alarm bit of JT/T 808, from the lowest.
    pub bit: i16,
    /// When it rose, by the terminal's clock.
    pub began_at: DateTime<Utc>,
    /// When it fell.
    pub ended_at: Option<DateTime<Utc>>,
    /// Where it rose, in millionths of a degree.
    pub lon: Option<i32>,
    /// Where it rose, in millionths of a degree.
    pub lat: Option<i32>,
}

/// An alarm that was open and fell.
#[derive(Debug)]
pub(crate) struct Ended {
    pub vehicle: i64,
    pub bit: i16,
    pub at: DateTime<Utc>,
}

/// Writes alarms that rose, and those of them that fell already.
pub(crate) async fn begin_alarms(connection: &mut PgConnection, alarms: &[Alarm]) -> sqlx::Result<()> {
    if alarms.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into track_alarm (vehicle, bit, began_at, ended_at, lon, lat)
         select * from unnest($1::bigint[], $2::smallint[], $3::timestamptz[], $4::timestamptz[], $5::integer[], $6::integer[])
         on conflict (vehicle, bit, began_at) do update set ended_at = coalesce(track_alarm.ended_at, excluded.ended_at)",
    )
    .bind(alarms.iter().map(|alarm| alarm.vehicle).collect::<Vec<_>>())
    .bind(alarms.iter().map(|alarm| alarm.bit).collect::<Vec<_>>())
    .bind(alarms.iter().map(|alarm| alarm.began_at).collect::<Vec<_>>())
    .bind(alarms.iter().map(|alarm| alarm.ended_at).collect::<Vec<_>>())
    .bind(alarms.iter().map(|alarm| alarm.lon).collect::<Vec<_>>())
    .bind(alarms.iter().map(|alarm| alarm.lat).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the open alarms of bits that fell.
pub(crate) async fn end_alarms(connection: &mut PgConnection, ended: &[Ended]) -> sqlx::Result<()> {
    if ended.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update track_alarm a set ended_at = e.at from unnest($1::bigint[], $2::smallint[], $3::timestamptz[]) as e (vehicle, bit, at)
         where a.vehicle = e.vehicle and a.bit = e.bit and a.ended_at is null",
    )
    .bind(ended.iter().map(|ended| ended.vehicle).collect::<Vec<_>>())
    .bind(ended.iter().map(|ended| ended.bit).collect::<Vec<_>>())
    .bind(ended.iter().map(|ended| ended.at).collect::<Vec<_>>())
    .execute(connection)
    .await?;
    Ok(())
}

/// Alarms of a vehicle that began within a span, the oldest first.
pub(crate) async fn alarms(pool: &PgPool, vehicle: i64, from: DateTime<Utc>, to: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Alarm>> {
    sqlx::query_as(
        "select vehicle, bit, began_at, ended_at, lon, lat from track_alarm where vehicle = $1 and began_at >= $2 and began_at < $3
         order by began_at, bit limit $4",
    )
    .bind(vehicle)
    .bind(from)
    .bind(to)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// What holds the points of one vehicle within a span. One statement, and so one view of both tables.
pub(crate) async fn of_vehicle(pool: &PgPool, vehicle: i64, span: &Span) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar(
        "select points from track where day = any($1) and vehicle = $2 and (day, slot) in (select * from unnest($1::date[], $3::smallint[]))
         union all select points from track_inbox where last_at >= $4 and first_at < $5",
    )
    .bind(&span.days)
    .bind(vehicle)
    .bind(&span.slots)
    .bind(span.from)
    .bind(span.to)
    .fetch_all(pool)
    .await
}

/// The same without the inbox.
pub(crate) async fn settled_of_vehicle(pool: &PgPool, vehicle: i64, span: &Span) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar(
        "select points from track where day = any($1) and vehicle = $2 and (day, slot) in (select * from unnest($1::date[], $3::smallint[]))",
    )
    .bind(&span.days)
    .bind(vehicle)
    .bind(&span.slots)
    .fetch_all(pool)
    .await
}

/// What holds the points of all vehicles within a span and a box of west, south, east, north.
pub(crate) async fn of_all(pool: &PgPool, span: &Span, within: Option<[i32; 4]>) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar(
        "select points from track where day = any($1) and (day, slot) in (select * from unnest($1::date[], $2::smallint[]))
            and ($5::integer[] is null or west <= $5[3] and east >= $5[1] and south <= $5[4] and north >= $5[2])
         union all select points from track_inbox where last_at >= $3 and first_at < $4",
    )
    .bind(&span.days)
    .bind(&span.slots)
    .bind(span.from)
    .bind(span.to)
    .bind(within.map(|it| it.to_vec()))
    .fetch_all(pool)
    .await
}

/// What holds the points of one slot, but for some vehicles.
pub(crate) async fn of_slot(pool: &PgPool, day: NaiveDate, slot: i16, but: &[i64]) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar("select points from track where day = $1 and slot = $2 and vehicle <> all($3)")
        .bind(day)
        .bind(slot)
        .bind(but)
        .fetch_all(pool)
        .await
}

/// A span of time as the tables know it: the day and slot of every ten minutes that it touches.
#[derive(Debug)]
pub(crate) struct Span {
    pub days: Vec<NaiveDate>,
    pub slots: Vec<i16>,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}
