//! The SQL of the register at an instant.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use http_api::Answer;
use kernel::clock::shanghai;
use sqlx::{FromRow, PgConnection, types::Json};
use uuid::Uuid;

use super::{Gate, Ground, PERMITS, PLACES, Read, RegisteredPermit, RegisteredVehicle, VEHICLES};
use crate::{
    Hours, Waste,
    place::store::{PlaceRow, one_moment},
    shape::Spot,
};

#[derive(FromRow)]
struct VehicleOfRegister {
    id: Uuid,
    plate: String,
    colour: i16,
    carrier: Uuid,
    carrier_name: String,
    jurisdiction: String,
    rated_kg: i32,
    box_litres: i32,
    simulated: bool,
    moved: bool,
}

#[derive(FromRow)]
struct PermitOfRegister {
    permit: Uuid,
    ordinal: i32,
    number: String,
    site: Uuid,
    disposals: Vec<Uuid>,
    carrier: Uuid,
    vehicles: Vec<Uuid>,
    corridor: Json<Vec<Spot>>,
    half_width_m: i32,
    hours: Json<Hours>,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    volume_m3: i64,
    from_at: DateTime<Utc>,
    until_at: Option<DateTime<Utc>>,
}

/// From when until when is asked: one instant, or a day of the city.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// The day in the city.
    pub day: NaiveDate,
}

impl Span {
    /// An instant.
    pub fn at(at: DateTime<Utc>) -> Self {
        Self { from: at, until: at, day: at.with_timezone(&shanghai()).date_naive() }
    }

    /// A day of the city, from its midnight to its last microsecond.
    pub fn of(day: NaiveDate) -> Self {
        let from = (day.and_time(NaiveTime::MIN) - TimeDelta::hours(8)).and_utc();
        Self { from, until: from + TimeDelta::days(1) - TimeDelta::microseconds(1), day }
    }
}

async fn vehicles(connection: &mut PgConnection, home: &str, span: Span) -> sqlx::Result<Vec<VehicleOfRegister>> {
    sqlx::query_as(
        "select v.id, v.plate, v.colour, v.carrier, c.name as carrier_name, c.jurisdiction, v.rated_kg, v.box_litres, v.simulated,
            coalesce(v.carrier_at > $3, false) as moved
         from waste_vehicle v join waste_carrier c on c.id = v.carrier
         where v.region = $1 and (not v.closed or v.closed_at > $3) order by v.id desc limit $2",
    )
    .bind(home)
    .bind(VEHICLES as i64 + 1)
    .bind(span.from)
    .fetch_all(connection)
    .await
}

async fn permits(connection: &mut PgConnection, home: &str, span: Span) -> sqlx::Result<Vec<PermitOfRegister>> {
    // The day before too: its night goes on into the morning of this one.
    sqlx::query_as(
        "select v.permit, v.ordinal, m.number, m.site, v.disposals, v.carrier, v.vehicles, v.corridor, v.half_width_m, v.hours, v.valid_from,
            coalesce(v.extended_until, v.valid_until) as valid_until, v.volume_m3, v.from_at, v.until_at
         from waste_permit_version v join waste_permit m on m.region = v.region and m.id = v.permit
         where v.region = $1 and v.from_at <= $2 and (v.until_at is null or v.until_at > $6) and v.valid_from <= $3
            and coalesce(v.extended_until, v.valid_until) >= $4 and m.number is not null
         order by v.permit desc, v.ordinal limit $5",
    )
    .bind(home)
    .bind(span.until)
    .bind(span.day)
    .bind(span.day - TimeDelta::days(1))
    .bind(PERMITS as i64 + 1)
    .bind(span.from)
    .fetch_all(connection)
    .await
}

async fn grounds(connection: &mut PgConnection, home: &str, span: Span) -> sqlx::Result<Vec<PlaceRow>> {
    sqlx::query_as(
        "select * from waste_place where region = $1 and (not closed or closed_at > $4) and valid_from <= $2
            and (valid_until is null or valid_until >= $2)
         order by id desc limit $3",
    )
    .bind(home)
    .bind(span.day)
    .bind(PLACES as i64 + 1)
    .bind(span.from)
    .fetch_all(connection)
    .await
}

fn pairs(spots: &[Spot]) -> Vec<(f64, f64)> {
    spots.iter().map(|it| (it[0], it[1])).collect()
}

/// Reads all of it at one moment.
pub(super) async fn read(room: &Waste, span: Span) -> Answer<Read> {
    let home = room.home();
    let mut transaction = room.database().pool().begin().await?;
    one_moment(&mut transaction).await?;
    let mut vehicles = vehicles(&mut transaction, home, span).await?;
    let mut permits = permits(&mut transaction, home, span).await?;
    let mut grounds = grounds(&mut transaction, home, span).await?;
    transaction.commit().await?;
    let cut = vehicles.len() > VEHICLES || permits.len() > PERMITS || grounds.len() > PLACES;
    vehicles.truncate(VEHICLES);
    permits.truncate(PERMITS);
    grounds.truncate(PLACES);
    let moved = vehicles.iter().filter(|it| it.moved).map(|it| it.id).collect();
    let vehicles = vehicles.into_iter().map(|it| RegisteredVehicle {
        id: it.id,
        plate: it.plate,
        colour: it.colour,
        track: None,
        carrier: it.carrier,
        carrier_name: it.carrier_name,
        jurisdiction: it.jurisdiction,
        rated_kg: it.rated_kg,
        box_litres: it.box_litres,
        permits: Vec::new(),
        simulated: it.simulated,
    });
    let permits = permits.into_iter().map(|it| RegisteredPermit {
        id: it.permit,
        version: it.ordinal,
        number: it.number,
        site: it.site,
        disposals: it.disposals,
        carrier: it.carrier,
        vehicles: it.vehicles,
        corridor: pairs(&it.corridor),
        half_width_m: f64::from(it.half_width_m),
        hours: it.hours.0,
        valid_from: it.valid_from,
        valid_until: it.valid_until,
        volume_m3: it.volume_m3,
        from_at: it.from_at,
        until_at: it.until_at,
    });
    let grounds = grounds.into_iter().filter_map(|it| {
        let gate = |gate: &crate::place::store::WasteGate| Gate {
            name: gate.name.clone(),
            at: (gate.at[0], gate.at[1]),
            hardened: gate.hardened,
            wash_bay: gate.wash_bay,
        };
        Some(Ground {
            id: it.id,
            kind: it.kind.parse().ok()?,
            name: it.name,
            jurisdiction: it.jurisdiction,
            ring: pairs(&it.area),
            gates: it.gates.iter().map(gate).collect(),
        })
    });
    Ok(Read { vehicles: vehicles.collect(), permits: permits.collect(), grounds: grounds.collect(), moved, cut })
}

/// A number for each table that grows with every change of what the register tells. It reads no shape and no list of vehicles.
pub(super) async fn stamp(connection: &mut PgConnection, home: &str) -> sqlx::Result<(i64, i64, i64, i64)> {
    sqlx::query_as(
        "select (select coalesce(sum(version), 0)::bigint from waste_place where region = $1),
            (select coalesce(sum(version), 0)::bigint from waste_carrier where region = $1),
            (select coalesce(sum(version), 0)::bigint from waste_vehicle where region = $1),
            (select count(from_at) + count(until_at) + count(extended_until) from waste_permit_version where region = $1)",
    )
    .bind(home)
    .fetch_one(connection)
    .await
}
