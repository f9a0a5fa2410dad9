//! The SQL of permits.

use chrono::{DateTime, NaiveDate, Utc};
use docket::{Header, KeyOf};
use identity::Scope;
use sqlx::{FromRow, PgConnection, QueryBuilder, types::Json};
use uuid::Uuid;

use super::KIND;
use crate::{hours::Hours, scope, shape::Spot};

/// A row of `waste_permit`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct PermitRow {
    pub region: String,
    pub id: Uuid,
    pub site: Uuid,
    pub applicant: Option<Uuid>,
    pub number: Option<String>,
    pub organ_name: Option<String>,
    pub organ_word: Option<String>,
    pub year: Option<i32>,
    pub serial: Option<i64>,
    pub current: Option<i32>,
    pub pending: Option<i32>,
    pub granted_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ended_for: Option<String>,
}

/// A row of `waste_permit_version`.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct VersionRow {
    pub region: String,
    pub permit: Uuid,
    pub ordinal: i32,
    pub carrier: Uuid,
    pub disposals: Vec<Uuid>,
    pub vehicles: Vec<Uuid>,
    pub material: String,
    pub corridor: Json<Vec<Spot>>,
    pub half_width_m: i32,
    pub hours: Json<Hours>,
    pub volume_m3: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    pub note: Option<String>,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    pub reviewed_by: Option<Uuid>,
    pub reviewed_at: Option<DateTime<Utc>>,
    pub review: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub granted: Option<bool>,
    pub decision: Option<String>,
    pub from_at: Option<DateTime<Utc>>,
    pub until_at: Option<DateTime<Utc>>,
    /// Until when it holds because its extension counts as granted.
    pub extended_until: Option<NaiveDate>,
}

impl VersionRow {
    /// Its last day.
    pub fn last_day(&self) -> NaiveDate {
        self.extended_until.unwrap_or(self.valid_until)
    }
}

/// Narrows permits to a scope: `d` is the docket, `s` the site, `c` the carrier of the newest version.
pub(crate) fn push_scope(query: &mut QueryBuilder<sqlx::Postgres>, scope: &Scope) {
    // Who speaks for an enterprise sees what it applied for, and what comes from its site or goes with its vehicles.
    if let Some(units) = &scope.units {
        query.push(" and (m.applicant = any(").push_bind(units.clone()).push(") or s.organisation = any(").push_bind(units.clone());
        query.push(") or c.organisation = any(").push_bind(units.clone()).push("))");
    }
    let ground = Scope { units: None, ..scope.clone() };
    scope::push(query, &ground, "d.jurisdiction", "s.organisation");
}

/// What every question about permits begins with.
pub(crate) const JOINED: &str = " from docket d join waste_permit m on m.region = d.region and m.id = d.id
    join waste_place s on s.id = m.site
    join waste_permit_version v on v.region = m.region and v.permit = m.id and v.ordinal = coalesce(m.current, m.pending, 1)
    join waste_carrier c on c.id = v.carrier where d.kind = ";

/// The header of a permit in a scope.
pub(crate) async fn header(connection: &mut PgConnection, scope: &Scope, home: &str, id: Uuid) -> sqlx::Result<Option<Header>> {
    let mut query = QueryBuilder::new("select d.*");
    query.push(JOINED).push_bind(KIND).push(" and d.region = ").push_bind(home.to_owned()).push(" and d.id = ").push_bind(id);
    push_scope(&mut query, scope);
    query.build_query_as().fetch_optional(connection).await
}

/// A permit's own row.
pub(crate) async fn one(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Option<PermitRow>> {
    sqlx::query_as("select * from waste_permit where region = $1 and id = $2")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_optional(connection)
        .await
}

/// All versions of a permit, the newest first.
pub(crate) async fn versions(connection: &mut PgConnection, key: &KeyOf) -> sqlx::Result<Vec<VersionRow>> {
    sqlx::query_as("select * from waste_permit_version where region = $1 and permit = $2 order by ordinal desc limit 200")
        .bind(&key.region)
        .bind(key.id.uuid())
        .fetch_all(connection)
        .await
}

/// Enters a permit.
pub(crate) async fn insert(connection: &mut PgConnection, row: &PermitRow) -> sqlx::Result<()> {
    sqlx::query("insert into waste_permit (region, id, site, applicant, pending) values ($1, $2, $3, $4, $5)")
        .bind(&row.region)
        .bind(row.id)
        .bind(row.site)
        .bind(row.applicant)
        .bind(row.pending)
        .execute(connection)
        .await
        .map(drop)
}

/// Writes how a permit stands.
pub(crate) async fn update(connection: &mut PgConnection, row: &PermitRow) -> sqlx::Result<()> {
    sqlx::query(
        "update waste_permit set number = $3, organ_name = $4, organ_word = $5, year = $6, serial = $7, current = $8, pending = $9,
            granted_at = $10, ended_at = $11, ended_for = $12 where region = $1 and id = $2",
    )
    .bind(&row.region)
    .bind(row.id)
    .bind(&row.number)
    .bind(&row.organ_name)
    .bind(&row.organ_word)
    .bind(row.year)
    .bind(row.serial)
    .bind(row.current)
    .bind(row.pending)
    .bind(row.granted_at)
    .bind(row.ended_at)
    .bind(&row.ended_for)
    .execute(connection)
    .await
    .map(drop)
}

/// Adds a version.
pub(crate) async fn add_version(connection: &mut PgConnection, row: &VersionRow) -> sqlx::Result<()> {
    sqlx::query(
        "insert into waste_permit_version (region, permit, ordinal, carrier, disposals, vehicles, material, corridor, half_width_m, hours,
            volume_m3, valid_from, valid_until, note, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(&row.region)
    .bind(row.permit)
    .bind(row.ordinal)
    .bind(row.carrier)
    .bind(&row.disposals)
    .bind(&row.vehicles)
    .bind(&row.material)
    .bind(&row.corridor)
    .bind(row.half_width_m)
    .bind(&row.hours)
    .bind(row.volume_m3)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(&row.note)
    .bind(row.asked_by)
    .bind(row.asked_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Writes what became of a version; what was applied for never changes.
pub(crate) async fn judge_version(connection: &mut PgConnection, row: &VersionRow) -> sqlx::Result<()> {
    sqlx::query(
        "update waste_permit_version set reviewed_by = $4, reviewed_at = $5, review = $6, decided_by = $7, decided_at = $8, granted = $9,
            decision = $10, from_at = $11, until_at = $12 where region = $1 and permit = $2 and ordinal = $3",
    )
    .bind(&row.region)
    .bind(row.permit)
    .bind(row.ordinal)
    .bind(row.reviewed_by)
    .bind(row.reviewed_at)
    .bind(&row.review)
    .bind(row.decided_by)
    .bind(row.decided_at)
    .bind(row.granted)
    .bind(&row.decision)
    .bind(row.from_at)
    .bind(row.until_at)
    .execute(connection)
    .await
    .map(drop)
}

/// Ends the version that was in force.
pub(crate) async fn end_version(connection: &mut PgConnection, row: &PermitRow, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update waste_permit_version set until_at = $3 where region = $1 and permit = $2 and from_at is not null and until_at is null",
    )
    .bind(&row.region)
    .bind(row.id)
    .bind(at)
    .execute(connection)
    .await
    .map(drop)
}

/// Lets the version in force hold on until a day: its extension counts as granted.
pub(super) async fn extend_version(connection: &mut PgConnection, row: &VersionRow, until: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("update waste_permit_version set extended_until = $4 where region = $1 and permit = $2 and ordinal = $3")
        .bind(&row.region)
        .bind(row.permit)
        .bind(row.ordinal)
        .bind(until)
        .execute(connection)
        .await
        .map(drop)
}

/// The next serial of an organ and year, whose row this transaction now holds.
pub(super) async fn next_serial(connection: &mut PgConnection, region: &str, word: &str, year: i32) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "insert into waste_permit_counter as c (region, organ_word, year, last) values ($1, $2, $3, 1)
         on conflict (region, organ_word, year) do update set last = c.last + 1 returning last",
    )
    .bind(region)
    .bind(word)
    .bind(year)
    .fetch_one(connection)
    .await
}

/// Permits in force whose last day lies before this one, what ended first in front.
pub(super) async fn past(connection: &mut PgConnection, home: &str, day: NaiveDate, most: i64) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar(
        "select m.id from waste_permit m join waste_permit_version v on v.region = m.region and v.permit = m.id and v.ordinal = m.current
         where v.region = $1 and v.from_at is not null and v.until_at is null and coalesce(v.extended_until, v.valid_until) < $2
            and m.ended_at is null
         order by coalesce(v.extended_until, v.valid_until), m.id limit $3",
    )
    .bind(home)
    .bind(day)
    .bind(most)
    .fetch_all(connection)
    .await
}
