//! SQL of suspicions.

use chrono::{DateTime, Utc};
use docket::KeyOf;
use identity::Scope;
use kernel::position::Position;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, QueryBuilder, types::Json};
use uuid::Uuid;

use super::{Found, SuspicionNumber};
use crate::scope;

/// A suspicion as it is kept.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct SuspicionRecord {
    pub id: Uuid,
    pub region: String,
    pub kind: String,
    pub strength: String,
    pub rule: String,
    pub docket_id: Option<Uuid>,
    pub number: Option<String>,
    pub jurisdiction: String,
    pub unit: Option<Uuid>,
    pub person: Option<Uuid>,
    pub reason: String,
    pub numbers: Json<Vec<SuspicionNumber>>,
    pub photo: Option<String>,
    pub other_photo: Option<String>,
    pub other_lead: Option<Uuid>,
    pub other_number: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub act_lon: Option<f64>,
    pub act_lat: Option<f64>,
    pub leads: Vec<Uuid>,
    pub round_begun: Option<DateTime<Utc>>,
    pub found_at: DateTime<Utc>,
    pub state: String,
    pub outcome: Option<String>,
    pub judged_by: Option<Uuid>,
    pub judged_at: Option<DateTime<Utc>>,
    pub note: Option<String>,
    pub simulated: bool,
    pub version: i64,
}

impl SuspicionRecord {
    /// The lead that it is about.
    pub(crate) fn key(&self) -> Option<KeyOf> {
        self.docket_id.map(|id| KeyOf { region: self.region.clone(), id: id.into() })
    }
}

/// What a suspicion is about.
pub(crate) struct About<'a> {
    pub region: &'a str,
    pub lead: Option<(Uuid, &'a str)>,
    pub jurisdiction: &'a str,
    pub position: Option<Position>,
    pub round_begun: Option<DateTime<Utc>>,
    pub simulated: bool,
}

/// Keeps what was found; nothing when it was found before.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    about: &About<'_>,
    found: &Found,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "insert into suspicion (id, region, key, kind, strength, rule, docket_id, number, jurisdiction, unit, person, reason, numbers, photo,
            other_photo, other_lead, other_number, lon, lat, act_lon, act_lat, leads, round_begun, found_at, state, simulated)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 'open', $25)
         on conflict (region, key) do nothing returning id",
    )
    .bind(Uuid::now_v7())
    .bind(about.region)
    .bind(&found.key)
    .bind(found.kind.code())
    .bind(found.strength.code())
    .bind(found.rule)
    .bind(about.lead.map(|lead| lead.0))
    .bind(about.lead.map(|lead| lead.1))
    .bind(about.jurisdiction)
    .bind(found.unit)
    .bind(found.person)
    .bind(&found.reason)
    .bind(Json(&found.numbers))
    .bind(&found.photo)
    .bind(&found.other_photo)
    .bind(found.other_lead.as_ref().map(|lead| lead.0))
    .bind(found.other_lead.as_ref().map(|lead| lead.1.as_str()))
    .bind(about.position.map(|place| place.lon))
    .bind(about.position.map(|place| place.lat))
    .bind(found.stood.map(|place| place.lon))
    .bind(found.stood.map(|place| place.lat))
    .bind(&found.leads)
    .bind(about.round_begun)
    .bind(now)
    .bind(about.simulated)
    .fetch_optional(connection)
    .await
}

/// Notes whether it holds closing back.
pub(crate) async fn set_holds(connection: &mut PgConnection, id: Uuid, holds: bool) -> sqlx::Result<()> {
    sqlx::query("update suspicion set holds = $2 where id = $1").bind(id).bind(holds).execute(connection).await.map(drop)
}

/// Which suspicions are asked for.
#[derive(Debug, Default)]
pub(crate) struct Wanted<'a> {
    pub state: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub strength: Option<&'a str>,
    pub unit: Option<Uuid>,
    pub lead: Option<Uuid>,
    pub before: Option<Uuid>,
}

const SELECT: &str = "select s.* from suspicion s where true";

/// Suspicions within the scope, the newest first.
pub(crate) async fn list(pool: &PgPool, within: &Scope, wanted: &Wanted<'_>, rows: i64) -> sqlx::Result<Vec<SuspicionRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(SELECT);
    scope::push(&mut query, within);
    for (column, value) in [(" and s.state = ", wanted.state), (" and s.kind = ", wanted.kind), (" and s.strength = ", wanted.strength)] {
        if let Some(value) = value {
            query.push(column).push_bind(value.to_owned());
        }
    }
    for (column, value) in [(" and s.unit = ", wanted.unit), (" and s.docket_id = ", wanted.lead), (" and s.id < ", wanted.before)] {
        if let Some(value) = value {
            query.push(column).push_bind(value);
        }
    }
    query.push(" order by s.id desc limit ").push_bind(rows);
    query.build_query_as().fetch_all(pool).await
}

/// One suspicion within the scope.
pub(crate) async fn one(connection: &mut PgConnection, within: &Scope, id: Uuid) -> sqlx::Result<Option<SuspicionRecord>> {
    let mut query = QueryBuilder::<Postgres>::new(SELECT);
    query.push(" and s.id = ").push_bind(id);
    scope::push(&mut query, within);
    query.build_query_as().fetch_optional(connection).await
}

/// A verdict as it is kept.
pub(crate) struct Judgement<'a> {
    pub id: Uuid,
    pub seen: i64,
    pub state: &'a str,
    pub outcome: Option<&'a str>,
    pub holds: bool,
    pub by: Uuid,
    pub note: &'a str,
}

/// Keeps a verdict, or its withdrawal; false when somebody else was faster.
pub(crate) async fn judge(connection: &mut PgConnection, now: DateTime<Utc>, judgement: &Judgement<'_>) -> sqlx::Result<bool> {
    let open = judgement.state == "open";
    let done = sqlx::query(
        "update suspicion set state = $3, outcome = $4, holds = $5, judged_by = $6, judged_at = $7, note = $8, version = version + 1
         where id = $1 and version = $2",
    )
    .bind(judgement.id)
    .bind(judgement.seen)
    .bind(judgement.state)
    .bind(judgement.outcome)
    .bind(judgement.holds)
    .bind((!open).then_some(judgement.by))
    .bind((!open).then_some(now))
    .bind((!open).then_some(judgement.note))
    .execute(&mut *connection)
    .await?;
    sqlx::query("insert into suspicion_verdict (suspicion, at, person, state, note) values ($1, $2, $3, $4, $5)")
        .bind(judgement.id)
        .bind(now)
        .bind(judgement.by)
        .bind(judgement.state)
        .bind(judgement.note)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// A verdict that was given or withdrawn.
#[derive(Debug, FromRow)]
pub(crate) struct VerdictRow {
    pub at: DateTime<Utc>,
    pub person: Uuid,
    pub state: String,
    pub note: String,
}

/// The verdicts of a suspicion, the oldest first; at most two hundred.
pub(crate) async fn verdicts(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<VerdictRow>> {
    sqlx::query_as("select at, person, state, note from suspicion_verdict where suspicion = $1 order by id limit 200")
        .bind(id)
        .fetch_all(connection)
        .await
}

/// Strong suspicions of a district about leads that nobody has dismissed, and that do or do not hold closing back; after one, in order.
pub(crate) async fn strong(
    connection: &mut PgConnection,
    region: &str,
    holds: bool,
    after: Uuid,
    most: i64,
) -> sqlx::Result<Vec<SuspicionRecord>> {
    sqlx::query_as(
        "select s.* from suspicion s where s.region = $1 and s.strength = 'strong' and s.state <> 'dismissed' and s.docket_id is not null
            and s.holds = $2 and s.id > $3 and s.outcome is null order by s.id limit $4",
    )
    .bind(region)
    .bind(holds)
    .bind(after)
    .bind(most)
    .fetch_all(connection)
    .await
}

/// Those of these leads about which a suspicion waits to be judged.
pub(crate) async fn suspected(connection: &mut PgConnection, region: &str, leads: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select distinct docket_id from suspicion where region = $1 and docket_id = any($2) and state = 'open'")
        .bind(region)
        .bind(leads)
        .fetch_all(connection)
        .await
}

/// Writes down what somebody said.
pub(crate) async fn state(
    connection: &mut PgConnection,
    suspicion: Uuid,
    now: DateTime<Utc>,
    (by, heard): (Uuid, Uuid),
    text: &str,
) -> sqlx::Result<()> {
    sqlx::query("insert into suspicion_statement (suspicion, at, person, heard, text) values ($1, $2, $3, $4, $5)")
        .bind(suspicion)
        .bind(now)
        .bind(by)
        .bind(heard)
        .bind(text)
        .execute(connection)
        .await
        .map(drop)
}

/// What somebody said of a suspicion.
#[derive(Debug, FromRow)]
pub(crate) struct StatementRow {
    pub at: DateTime<Utc>,
    pub person: Uuid,
    pub heard: Uuid,
    pub text: String,
}

/// What was said of a suspicion, the oldest first; at most two hundred.
pub(crate) async fn statements(connection: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<StatementRow>> {
    sqlx::query_as("select at, person, heard, text from suspicion_statement where suspicion = $1 order by id limit 200")
        .bind(id)
        .fetch_all(connection)
        .await
}
