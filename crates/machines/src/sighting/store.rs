//! SQL of sightings.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use identity::Scope;
use sqlx::{FromRow, PgConnection, PgExecutor, PgPool, Postgres, QueryBuilder};
use uuid::Uuid;

use super::{SightingState, Verdict};
use crate::{event::Event, kind::Rules, scope};

/// A sighting that was just made.
pub(crate) struct NewSighting {
    pub id: Uuid,
    pub event: Event,
    pub events: i32,
    pub automatic: bool,
    pub taken_at: DateTime<Utc>,
}

impl NewSighting {
    /// Of the event that made it.
    pub(crate) fn of(id: Uuid, event: &Event, rules: &Rules, automatic: bool, now: DateTime<Utc>) -> Self {
        Self { id, event: event.clone(), events: i32::from(rules.need), automatic, taken_at: now }
    }
}

/// What further events add to a sighting.
#[derive(Debug, Default)]
pub(crate) struct Growth {
    pub events: i32,
    pub last_at: Option<DateTime<Utc>>,
    pub confidence: f32,
    /// The newest picture and where in it the thing is.
    pub picture: Option<(String, Option<[f32; 4]>)>,
    pub gone_at: Option<DateTime<Utc>>,
}

impl Growth {
    pub(crate) fn grow(&mut self, event: &Event) {
        self.events += 1;
        self.last_at = self.last_at.max(Some(event.at));
        if event.confidence > self.confidence {
            self.confidence = event.confidence;
        }
        if let Some(picture) = &event.picture {
            self.picture = Some((picture.clone(), event.area));
        }
    }
}

/// Writes new sightings: to be looked at, or on their way to be leads.
pub(crate) async fn insert(connection: &mut PgConnection, region: &str, found: &[NewSighting]) -> sqlx::Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new(
        "insert into sighting (region, id, device, kind, state, first_at, last_at, taken_at, events, confidence, box, picture, model, lon, lat,
            jurisdiction, automatic, simulated) ",
    );
    query.push_values(found, |mut row, it| {
        let state = if it.automatic { SightingState::Approved } else { SightingState::Waiting };
        row.push_bind(region)
            .push_bind(it.id)
            .push_bind(&it.event.device)
            .push_bind(it.event.kind)
            .push_bind(state.code())
            .push_bind(it.event.at)
            .push_bind(it.event.at)
            .push_bind(it.taken_at)
            .push_bind(it.events)
            .push_bind(it.event.confidence)
            .push_bind(it.event.area.map(Vec::from))
            .push_bind(&it.event.picture)
            .push_bind(&it.event.model)
            .push_bind(it.event.position.map(|at| at.lon))
            .push_bind(it.event.position.map(|at| at.lat))
            .push_bind(&it.event.jurisdiction)
            .push_bind(it.automatic)
            .push_bind(it.event.simulated);
    });
    query.build().execute(connection).await?;
    Ok(())
}

/// Adds further events. What is gone before anybody looked needs nobody any more.
pub(crate) async fn grow(connection: &mut PgConnection, region: &str, growth: &HashMap<Uuid, Growth>) -> sqlx::Result<()> {
    if growth.is_empty() {
        return Ok(());
    }
    let all: Vec<_> = growth.iter().collect();
    // An array of arrays must be even: a box goes as four columns.
    let part = |at: usize| {
        all.iter().map(|(_, it)| it.picture.as_ref().and_then(|(_, area)| area.map(|area| area[at]))).collect::<Vec<Option<f32>>>()
    };
    sqlx::query(
        "update sighting s set events = s.events + g.events, last_at = greatest(s.last_at, g.last_at), confidence = greatest(s.confidence, g.confidence),
            picture = coalesce(s.picture, g.picture),
            box = case when s.picture is not null or g.picture is null then s.box when g.l is null then null else array[g.l, g.t, g.w, g.h] end,
            gone_at = coalesce(g.gone_at, s.gone_at),
            state = case when g.gone_at is not null and s.state = 'waiting' then 'gone' else s.state end,
            version = s.version + case when g.gone_at is not null then 1 else 0 end
         from unnest($2::uuid[], $3::int[], $4::timestamptz[], $5::real[], $6::text[], $7::timestamptz[], $8::real[], $9::real[], $10::real[],
            $11::real[]) as g (id, events, last_at, confidence, picture, gone_at, l, t, w, h)
         where s.region = $1 and s.id = g.id",
    )
    .bind(region)
    .bind(all.iter().map(|(id, _)| **id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, it)| it.events).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, it)| it.last_at).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, it)| it.confidence).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, it)| it.picture.as_ref().map(|(file, _)| file.as_str())).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, it)| it.gone_at).collect::<Vec<_>>())
    .bind(part(0))
    .bind(part(1))
    .bind(part(2))
    .bind(part(3))
    .execute(connection)
    .await?;
    Ok(())
}

/// A sighting as it stands.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SightingRecord {
    pub id: Uuid,
    pub device: String,
    pub device_name: String,
    pub address: String,
    pub kind: i16,
    pub state: String,
    pub first_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
    pub events: i32,
    pub confidence: f32,
    #[sqlx(rename = "box")]
    pub area: Option<Vec<f32>>,
    pub picture: Option<String>,
    pub model: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub jurisdiction: String,
    pub automatic: bool,
    pub simulated: bool,
    pub verdict: Option<String>,
    pub verdict_by: Option<Uuid>,
    pub verdict_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub class_code: Option<String>,
    pub lead_id: Option<Uuid>,
    pub lead_number: Option<String>,
    pub gone_at: Option<DateTime<Utc>>,
    pub closing_left: Option<String>,
    pub version: i64,
    pub confirmed: i32,
    pub refuted: i32,
}

const COLUMNS: &str = "select s.*, coalesce(d.name, s.device) as device_name, coalesce(d.address, '') as address,
        coalesce(w.confirmed, 0) as confirmed, coalesce(w.refuted, 0) as refuted
    from sighting s left join device d on d.region = s.region and d.code = s.device
    left join watch w on w.region = s.region and w.device = s.device and w.kind = s.kind ";

/// Which sightings are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted<'a> {
    pub state: Option<&'a str>,
    pub device: Option<&'a str>,
    pub kind: Option<i16>,
    pub before: Option<Uuid>,
}

/// A page of sightings within a scope, the newest first.
pub(crate) async fn list(pool: &PgPool, scope: &Scope, wanted: &Wanted<'_>, most: i64) -> sqlx::Result<Vec<SightingRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push("where true");
    scope::push(&mut query, "s", scope);
    if let Some(state) = wanted.state {
        query.push(" and s.state = ").push_bind(state.to_owned());
    }
    if let Some(device) = wanted.device {
        query.push(" and s.device = ").push_bind(device.to_owned());
    }
    if let Some(kind) = wanted.kind {
        query.push(" and s.kind = ").push_bind(kind);
    }
    if let Some(before) = wanted.before {
        query.push(" and s.id < ").push_bind(before);
    }
    query.push(" order by s.id desc limit ").push_bind(most);
    query.build_query_as().fetch_all(pool).await
}

/// One sighting within a scope.
pub(crate) async fn one(connection: impl PgExecutor<'_>, scope: &Scope, id: Uuid) -> sqlx::Result<Option<SightingRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push("where s.id = ").push_bind(id);
    scope::push(&mut query, "s", scope);
    query.build_query_as().fetch_optional(connection).await
}

/// One sighting, whoever asks: for the program itself.
pub(crate) async fn own(connection: impl PgExecutor<'_>, region: &str, id: Uuid) -> sqlx::Result<Option<SightingRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(COLUMNS);
    query.push("where s.region = ").push_bind(region.to_owned()).push(" and s.id = ").push_bind(id);
    query.build_query_as().fetch_optional(connection).await
}

/// Locks a sighting until the transaction ends, after its watch: in the order in which events lock them.
pub(crate) async fn lock(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<Option<(String, String, i16)>> {
    sqlx::query(
        "select from watch w join sighting s on s.region = w.region and s.device = w.device and s.kind = w.kind
         where s.region = $1 and s.id = $2 for update of w",
    )
    .bind(region)
    .bind(id)
    .execute(&mut *connection)
    .await?;
    sqlx::query_as("select state, device, kind from sighting where region = $1 and id = $2 for update")
        .bind(region)
        .bind(id)
        .fetch_optional(connection)
        .await
}

/// What a person said, and where the sighting goes from there.
pub(crate) struct Judgement<'a> {
    pub state: SightingState,
    pub verdict: Verdict,
    pub by: Option<Uuid>,
    pub note: Option<&'a str>,
    pub class_code: Option<&'a str>,
}

/// Writes a verdict.
pub(crate) async fn judge(
    connection: &mut PgConnection,
    region: &str,
    id: Uuid,
    now: DateTime<Utc>,
    it: &Judgement<'_>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update sighting set state = $3, verdict = $4, verdict_by = $5, verdict_at = $6, note = coalesce($7, note), class_code = coalesce($8, class_code),
            version = version + 1 where region = $1 and id = $2",
    )
    .bind(region)
    .bind(id)
    .bind(it.state.code())
    .bind(it.verdict.code())
    .bind(it.by)
    .bind(now)
    .bind(it.note)
    .bind(it.class_code)
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts a verdict with its device and kind.
pub(crate) async fn count(connection: &mut PgConnection, region: &str, id: Uuid, verdict: Verdict) -> sqlx::Result<()> {
    let (confirmed, refuted) = match verdict {
        Verdict::Confirmed => (1, 0),
        Verdict::Refuted => (0, 1),
    };
    sqlx::query(
        "update watch w set confirmed = w.confirmed + $3, refuted = w.refuted + $4
         from sighting s where s.region = $1 and s.id = $2 and w.region = s.region and w.device = s.device and w.kind = s.kind",
    )
    .bind(region)
    .bind(id)
    .bind(confirmed)
    .bind(refuted)
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets the watch of a sighting go: it is open no more, and quiet for a while.
pub(crate) async fn let_go(connection: &mut PgConnection, region: &str, id: Uuid, quiet_until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update watch w set sighting = null, ring = 0, quiet_until = $3
         from sighting s where s.region = $1 and s.id = $2 and w.region = s.region and w.device = s.device and w.kind = s.kind
            and (w.sighting = s.id or w.sighting is null)",
    )
    .bind(region)
    .bind(id)
    .bind(quiet_until)
    .execute(connection)
    .await?;
    Ok(())
}

/// Sightings that are to be leads and are not yet, the oldest first.
pub(crate) async fn to_file(pool: &PgPool, region: &str, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from sighting where region = $1 and state = 'approved' order by id limit $2")
        .bind(region)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// Notes the lead that a sighting became.
pub(crate) async fn filed(pool: &PgPool, region: &str, id: Uuid, lead: (Uuid, &str)) -> sqlx::Result<()> {
    sqlx::query(
        "update sighting set state = 'filed', lead_id = $3, lead_number = $4, version = version + 1
         where region = $1 and id = $2 and state = 'approved'",
    )
    .bind(region)
    .bind(id)
    .bind(lead.0)
    .bind(lead.1)
    .execute(pool)
    .await?;
    Ok(())
}

/// The sighting that a lead came from, while it is a lead.
pub(crate) async fn of_lead(connection: &mut PgConnection, lead: Uuid) -> sqlx::Result<Option<(String, Uuid, i16, Option<String>)>> {
    sqlx::query_as("select region, id, kind, verdict from sighting where lead_id = $1 and state = 'filed'")
        .bind(lead)
        .fetch_optional(connection)
        .await
}

/// Whether a picture belongs to a sighting within a scope.
pub(crate) async fn has_picture(pool: &PgPool, scope: &Scope, file: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::<Postgres>::new("select exists (select from sighting s where s.picture = ");
    query.push_bind(file.to_owned());
    scope::push(&mut query, "s", scope);
    query.push(")");
    query.build_query_scalar().fetch_one(pool).await
}

/// An event of a sighting.
#[derive(Debug, FromRow)]
pub(crate) struct EventRow {
    pub at: DateTime<Utc>,
    pub present: bool,
    pub confidence: f32,
    pub picture: Option<String>,
    pub outcome: String,
}

/// The newest events of a sighting.
pub(crate) async fn events(pool: &PgPool, sighting: Uuid, most: i64) -> sqlx::Result<Vec<EventRow>> {
    sqlx::query_as("select at, present, confidence, picture, outcome from machine_event where sighting = $1 order by at desc limit $2")
        .bind(sighting)
        .bind(most)
        .fetch_all(pool)
        .await
}

/// Notes that the lead of a sighting is over.
pub(crate) async fn over(connection: &mut PgConnection, region: &str, id: Uuid) -> sqlx::Result<()> {
    sqlx::query("update sighting set state = 'over', version = version + 1 where region = $1 and id = $2")
        .bind(region)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}
