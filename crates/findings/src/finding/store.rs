//! SQL of findings, and of the days that are to be judged.

use chrono::{DateTime, NaiveDate, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{
    FindingState,
    evidence::{KeptPlace, Spot},
};
use crate::{Measure, Number, scope};

/// Notes days of vehicles as due, in the transaction that moves their points.
pub(crate) async fn note_due(connection: &mut PgConnection, due: &[(i64, NaiveDate)], not_before: DateTime<Utc>) -> sqlx::Result<()> {
    let (vehicles, days): (Vec<i64>, Vec<NaiveDate>) = due.iter().copied().unzip();
    sqlx::query(
        "insert into finding_due as d (vehicle, day, not_before) select *, $3 from unnest($1::bigint[], $2::date[])
         on conflict (vehicle, day) do update set changes = d.changes + 1",
    )
    .bind(vehicles)
    .bind(days)
    .bind(not_before)
    .execute(connection)
    .await?;
    Ok(())
}

/// Days that are due, the longest waiting first: vehicle, day, and how often it changed.
pub(crate) async fn due(pool: &PgPool, now: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<(i64, NaiveDate, i64)>> {
    sqlx::query_as("select vehicle, day, changes from finding_due where not_before <= $1 order by not_before, vehicle, day limit $2")
        .bind(now)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// Takes a day off, unless it changed meanwhile: then it waits again.
pub(crate) async fn done(
    connection: &mut PgConnection,
    (vehicle, day, changes): (i64, NaiveDate, i64),
    later: DateTime<Utc>,
) -> sqlx::Result<()> {
    let gone = sqlx::query("delete from finding_due where vehicle = $1 and day = $2 and changes = $3")
        .bind(vehicle)
        .bind(day)
        .bind(changes)
        .execute(&mut *connection)
        .await?;
    if gone.rows_affected() == 0 {
        sqlx::query("update finding_due set not_before = $3 where vehicle = $1 and day = $2")
            .bind(vehicle)
            .bind(day)
            .bind(later)
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Lets a day that could not be judged wait, so that it holds no other up.
pub(crate) async fn put_off(pool: &PgPool, (vehicle, day): (i64, NaiveDate), until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update finding_due set not_before = $3 where vehicle = $1 and day = $2")
        .bind(vehicle)
        .bind(day)
        .bind(until)
        .execute(pool)
        .await?;
    Ok(())
}

/// How many days of vehicles are due, and since when the oldest of them is.
pub(crate) async fn backlog(pool: &PgPool, now: DateTime<Utc>) -> sqlx::Result<(i64, Option<DateTime<Utc>>)> {
    sqlx::query_as("select count(*), min(not_before) from finding_due where not_before <= $1").bind(now).fetch_one(pool).await
}

/// A finding as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Kept {
    pub id: Uuid,
    pub vehicle: i64,
    pub plate: String,
    pub rule: String,
    pub state: String,
    pub day: NaiveDate,
    pub began_at: DateTime<Utc>,
    pub ended_at: DateTime<Utc>,
    pub open: bool,
    pub lon: f64,
    pub lat: f64,
    pub jurisdiction: String,
    pub rules_version: i32,
    pub terrain_version: String,
    pub numbers: Json<Vec<Number>>,
    pub words: String,
    pub track: Json<Vec<Spot>>,
    pub places: Json<Vec<KeptPlace>>,
    pub provisional: bool,
    pub visitor: bool,
    pub simulated: bool,
    pub changed_at: DateTime<Utc>,
    pub outdated: bool,
    pub verdict_by: Option<Uuid>,
    pub verdict_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub class_code: Option<String>,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
    pub version: i64,
}

impl Kept {
    /// Whether both are kept alike, whoever judged them and whenever.
    pub(crate) fn says(&self, other: &Self) -> bool {
        self.began_at == other.began_at
            && self.ended_at == other.ended_at
            && self.open == other.open
            && self.numbers.0 == other.numbers.0
            && self.words == other.words
            && self.track.0 == other.track.0
            && self.places.0 == other.places.0
            && (self.rules_version, self.provisional) == (other.rules_version, other.provisional)
    }
}

/// Numbers are kept to a tenth; so far apart, the last digit of a multiplication alone does not bring them.
const SAME_NUMBER: f64 = 0.15;

impl Kept {
    /// Whether what is found now contradicts what was found then: what came after its end, and how many points told it, does not.
    pub(crate) fn contradicted_by(&self, now: &Self) -> bool {
        if self.began_at != now.began_at {
            return true;
        }
        if self.open {
            // It went on as far as points went: more of it is no contradiction.
            return now.ended_at < self.ended_at;
        }
        let decides = |it: &Self| it.numbers.0.iter().copied().filter(|it| it.measure != Measure::Points).collect::<Vec<_>>();
        let (then, now_says) = (decides(self), decides(now));
        self.ended_at != now.ended_at
            || then.len() != now_says.len()
            || then.iter().zip(&now_says).any(|(one, other)| one.measure != other.measure || (one.value - other.value).abs() > SAME_NUMBER)
    }

    /// A person judged it.
    pub(crate) fn is_judged(&self) -> bool {
        self.verdict_at.is_some()
    }
}

/// What a list needs of a finding: all but track and places, which are read with one finding alone.
const LISTED: &str =
    "f.id, f.vehicle, f.plate, f.rule, f.state, f.day, f.began_at, f.ended_at, f.open, f.lon, f.lat, f.jurisdiction, f.rules_version,
    f.terrain_version, f.numbers, f.words, '[]'::jsonb as track, '[]'::jsonb as places, f.provisional, f.visitor, f.simulated, f.changed_at,
    f.outdated, f.verdict_by, f.verdict_at, f.reason, f.class_code, f.lead_id, f.lead_number, f.version";

/// The findings of the days before and after a day that stand, without their tracks.
pub(crate) async fn beside_day(connection: impl PgExecutor<'_>, region: &str, vehicle: i64, day: NaiveDate) -> sqlx::Result<Vec<Kept>> {
    let mut query = QueryBuilder::<Postgres>::new("select ");
    query.push(LISTED).push(" from finding f where f.region = ").push_bind(region.to_owned());
    query.push(" and f.vehicle = ").push_bind(vehicle).push(" and f.state <> 'withdrawn' and f.day in (").push_bind(day);
    query.push(" - 1, ").push_bind(day).push(" + 1)");
    query.build_query_as().fetch_all(connection).await
}

/// The findings of a day of a vehicle, locked until the transaction ends.
pub(crate) async fn of_day(connection: impl PgExecutor<'_>, region: &str, vehicle: i64, day: NaiveDate) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as("select * from finding where region = $1 and vehicle = $2 and day = $3 order by began_at, id for update")
        .bind(region)
        .bind(vehicle)
        .bind(day)
        .fetch_all(connection)
        .await
}

/// Writes a finding: a new one, or over the one of the same id that nobody judged.
pub(crate) async fn put(connection: &mut PgConnection, region: &str, it: &Kept) -> sqlx::Result<()> {
    sqlx::query(
        "insert into finding as f (region, id, vehicle, plate, rule, state, day, began_at, ended_at, open, lon, lat, jurisdiction, rules_version,
            terrain_version, numbers, words, track, places, provisional, visitor, simulated, found_at, changed_at)
         values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22)
         on conflict (region, id) do update set plate = excluded.plate, began_at = excluded.began_at, ended_at = excluded.ended_at,
            open = excluded.open, lon = excluded.lon, lat = excluded.lat, jurisdiction = excluded.jurisdiction,
            rules_version = excluded.rules_version, terrain_version = excluded.terrain_version, numbers = excluded.numbers,
            words = excluded.words, track = excluded.track, places = excluded.places, provisional = excluded.provisional,
            visitor = excluded.visitor, simulated = excluded.simulated, changed_at = excluded.changed_at,
            version = f.version + 1, state = 'waiting'
         where f.state in ('waiting', 'withdrawn')",
    )
    .bind(region)
    .bind(it.id)
    .bind(it.vehicle)
    .bind(&it.plate)
    .bind(&it.rule)
    .bind(it.day)
    .bind(it.began_at)
    .bind(it.ended_at)
    .bind(it.open)
    .bind(it.lon)
    .bind(it.lat)
    .bind(&it.jurisdiction)
    .bind(it.rules_version)
    .bind(&it.terrain_version)
    .bind(&it.numbers)
    .bind(&it.words)
    .bind(&it.track)
    .bind(&it.places)
    .bind(it.provisional)
    .bind(it.visitor)
    .bind(it.simulated)
    .bind(it.changed_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Withdraws findings that nobody judged.
pub(crate) async fn withdraw(connection: &mut PgConnection, region: &str, ids: &[Uuid], now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update finding set state = 'withdrawn', open = false, changed_at = $3, version = version + 1
         where region = $1 and id = any($2) and state = 'waiting'",
    )
    .bind(region)
    .bind(ids)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes whether later points tell otherwise than what a person judged.
pub(crate) async fn outdate(connection: &mut PgConnection, region: &str, id: Uuid, outdated: bool) -> sqlx::Result<()> {
    sqlx::query("update finding set outdated = $3 where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .bind(outdated)
        .execute(connection)
        .await?;
    Ok(())
}

/// Which findings are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub state: Option<&'static str>,
    pub rule: Option<&'static str>,
    pub plate: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub before: Option<(DateTime<Utc>, Uuid)>,
}

/// Findings within a scope, the newest first.
pub(crate) async fn list(pool: &PgPool, region: &str, scope: &Scope, wanted: &Wanted, most: i64) -> sqlx::Result<Vec<Kept>> {
    let mut query = QueryBuilder::<Postgres>::new("select ");
    query.push(LISTED).push(" from finding f where f.region = ").push_bind(region.to_owned());
    scope::push(&mut query, scope);
    if let Some(state) = wanted.state {
        query.push(" and f.state = ").push_bind(state);
    }
    if let Some(rule) = wanted.rule {
        query.push(" and f.rule = ").push_bind(rule);
    }
    if let Some(plate) = &wanted.plate {
        let like = format!("%{}%", plate.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query.push(" and f.plate like ").push_bind(like);
    }
    if let Some(from) = wanted.from {
        query.push(" and f.day >= ").push_bind(from);
    }
    if let Some(to) = wanted.to {
        query.push(" and f.day <= ").push_bind(to);
    }
    if let Some((at, id)) = wanted.before {
        query.push(" and (f.began_at, f.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
    }
    query.push(" order by f.began_at desc, f.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// One finding within a scope.
pub(crate) async fn one(connection: impl PgExecutor<'_>, region: &str, scope: &Scope, id: Uuid) -> sqlx::Result<Option<Kept>> {
    let mut query = QueryBuilder::<Postgres>::new("select f.* from finding f where f.region = ");
    query.push_bind(region.to_owned()).push(" and f.id = ").push_bind(id);
    scope::push(&mut query, scope);
    query.build_query_as().fetch_optional(connection).await
}

/// One finding within a scope, locked until the transaction ends.
pub(crate) async fn lock(connection: &mut PgConnection, region: &str, scope: &Scope, id: Uuid) -> sqlx::Result<Option<Kept>> {
    let mut query = QueryBuilder::<Postgres>::new("select f.* from finding f where f.region = ");
    query.push_bind(region.to_owned()).push(" and f.id = ").push_bind(id);
    scope::push(&mut query, scope);
    query.push(" for update");
    query.build_query_as().fetch_optional(connection).await
}

/// What a person said, and where the finding goes from there.
pub(crate) struct Verdict<'a> {
    pub state: FindingState,
    pub by: Uuid,
    pub reason: Option<&'a str>,
    pub class_code: Option<&'a str>,
}

/// Writes a verdict.
pub(crate) async fn judge(connection: &mut PgConnection, region: &str, id: Uuid, now: DateTime<Utc>, it: &Verdict<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update finding set state = $3, verdict_by = $4, verdict_at = $5, reason = $6, class_code = $7, version = version + 1
         where region = $1 and id = $2",
    )
    .bind(region)
    .bind(id)
    .bind(it.state.code())
    .bind(it.by)
    .bind(now)
    .bind(it.reason)
    .bind(it.class_code)
    .execute(connection)
    .await?;
    Ok(())
}

/// Findings that are to be leads and are not yet.
pub(crate) async fn to_file(pool: &PgPool, region: &str, now: DateTime<Utc>, most: i64) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as(
        "select * from finding where region = $1 and state = 'upheld' and (file_after is null or file_after <= $2) order by verdict_at limit $3",
    )
    .bind(region)
    .bind(now)
    .bind(most)
    .fetch_all(pool)
    .await
}

/// Lets a finding wait whose lead could not be filed.
pub(crate) async fn file_later(pool: &PgPool, region: &str, id: Uuid, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update finding set file_after = $3 where region = $1 and id = $2 and state = 'upheld'")
        .bind(region)
        .bind(id)
        .bind(until)
        .execute(pool)
        .await?;
    Ok(())
}

/// Empties the tracks of findings that led to nothing and are older than tracks are kept; so many at a time.
pub(crate) async fn empty_tracks(pool: &PgPool, region: &str, before: DateTime<Utc>, most: i64) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "update finding set track = '[]' where region = $1 and id in (select id from finding
            where region = $1 and state in ('dismissed', 'withdrawn') and began_at < $2 and track <> '[]' limit $3)",
    )
    .bind(region)
    .bind(before)
    .bind(most)
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// Notes the lead that a finding became.
pub(crate) async fn filed(pool: &PgPool, region: &str, id: Uuid, lead: (Uuid, &str)) -> sqlx::Result<()> {
    sqlx::query(
        "update finding set state = 'filed', lead_id = $3, lead_number = $4, version = version + 1
         where region = $1 and id = $2 and state = 'upheld'",
    )
    .bind(region)
    .bind(id)
    .bind(lead.0)
    .bind(lead.1)
    .execute(pool)
    .await?;
    Ok(())
}

/// Of each rule: waiting, upheld, dismissed.
pub(crate) async fn standing(pool: &PgPool, region: &str) -> sqlx::Result<Vec<(String, i64, i64, i64)>> {
    sqlx::query_as(
        "select rule, count(*) filter (where state = 'waiting'), count(*) filter (where state in ('upheld', 'filed')),
            count(*) filter (where state = 'dismissed')
         from finding where region = $1 group by rule",
    )
    .bind(region)
    .fetch_all(pool)
    .await
}
