//! The register of construction waste and the terminals of vehicles as findings see them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::NaiveDate;
use fences::Shape;
use findings::{Findings, Fleet, Ground, Licensed, Permit, Place, PlaceKind, Terrain, Tracked, plate_key};
use gateway_jt808::{Believed, Vehicles};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use http_api::Answer;
use kernel::problem::Problem;
use tracks::Tracks;
use waste::{Register, RegisteredPermit, Waste};

use super::{found_leads::FoundLeads, law_rooms};

/// How long a vehicle's day waits after its points changed: a few reports of a terminal are judged together.
const PAUSE: Duration = Duration::from_secs(5);

/// A gate with a wash bay is registered as a point; a vehicle that is washed stands so near to it, in metres. A choice of the program's
/// makers: the length of a truck and the receiver's error.
const WASH_BAY_M: f64 = 25.0;

/// Puts the room of findings together: it follows the tracks from now on.
///
/// # Errors
/// The database's.
pub async fn open(house: &law_rooms::Ground<'_>, tracks: &Tracks, vehicles: &Vehicles, waste: &Waste) -> sqlx::Result<Findings> {
    Findings::new(findings::Parts {
        database: house.database.clone(),
        clock: house.clock.clone(),
        wall: Arc::new(kernel::clock::SystemClock),
        identity: house.identity.clone(),
        catalogue: house.catalogue.clone(),
        files: house.files.clone(),
        tracks: tracks.clone(),
        fonts: house.args.fonts.clone(),
        home_region: house.args.region.clone(),
        terrain: Arc::new(RegisteredGround(waste.clone())),
        fleet: Arc::new(BelievedFleet(vehicles.clone())),
        desk: Arc::new(FoundLeads(house.leads.clone())),
        pause: PAUSE,
    })
    .await
}

/// The register of construction waste.
pub struct RegisteredGround(pub Waste);

#[async_trait]
impl Terrain for RegisteredGround {
    async fn stamp(&self) -> Answer<String> {
        Register::stamp(&self.0).await
    }

    /// Permits that were in force at any time of the day count for the whole day: who was given one in the morning is not held to have had none
    /// at dawn.
    async fn of_day(&self, day: NaiveDate) -> Answer<Arc<Ground>> {
        // Asked before the register is read: what changes meanwhile is read again.
        let stamp = Register::stamp(&self.0).await?;
        let register = Register::of_day(&self.0, day).await?;
        if register.cut {
            tracing::warn!("the register of construction waste is larger than is read at once; some of it is not judged by");
        }
        built(move || Ground::new(stamp, places(&register), vehicles(&register))).await
    }
}

/// Indexing a county's places takes a moment: nobody else waits for it.
async fn built(build: impl FnOnce() -> Result<Ground, fences::BuildError> + Send + 'static) -> Answer<Arc<Ground>> {
    let invalid = || Problem::internal("ground-invalid", "登记中的范围或路线无法使用，请核对建筑垃圾登记");
    match tokio::task::spawn_blocking(build).await {
        Ok(Ok(ground)) => Ok(Arc::new(ground)),
        Ok(Err(error)) => {
            tracing::error!(%error, "the register of construction waste cannot be indexed");
            Err(invalid().into())
        }
        Err(error) => {
            tracing::error!(%error, "the register of construction waste was not indexed");
            Err(invalid().into())
        }
    }
}

fn line(points: &[(f64, f64)]) -> LineString<f64> {
    LineString(points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect())
}

fn route(permit: &RegisteredPermit) -> String {
    format!("route-{}-{}", permit.id, permit.version)
}

fn places(register: &Register) -> Vec<Place> {
    let mut places = Vec::new();
    for it in &register.grounds {
        let kind = match it.kind {
            waste::PlaceKind::Site => PlaceKind::Site,
            waste::PlaceKind::Disposal | waste::PlaceKind::Recycling | waste::PlaceKind::Transfer => PlaceKind::Disposal,
            waste::PlaceKind::BlackSpot => PlaceKind::BlackSpot,
        };
        let area = MultiPolygon(vec![Polygon::new(line(&it.ring), vec![])]);
        places.push(Place { id: it.id.to_string(), kind, name: it.name.clone(), of: None, shape: Shape::Area(area) });
        for (number, gate) in it.gates.iter().enumerate().filter(|(_, gate)| gate.wash_bay) {
            places.push(Place {
                id: format!("bay-{}-{number}", it.id),
                kind: PlaceKind::WashBay,
                name: format!("{} {}", it.name, gate.name),
                of: Some(it.id.to_string()),
                shape: Shape::Corridor { line: line(&[gate.at]), half_width_m: WASH_BAY_M },
            });
        }
    }
    places.extend(register.permits.iter().map(|permit| Place {
        id: route(permit),
        kind: PlaceKind::Corridor,
        name: permit.number.clone(),
        of: None,
        shape: Shape::Corridor { line: line(&permit.corridor), half_width_m: permit.half_width_m },
    }));
    places
}

fn vehicles(register: &Register) -> HashMap<String, Licensed> {
    let permits: Vec<Permit> = register
        .permits
        .iter()
        .map(|permit| Permit {
            number: permit.number.clone(),
            // Which of its days, hours say; the register tells only what was in force on the day.
            from: i64::MIN,
            until: i64::MAX,
            days: (permit.valid_from, permit.valid_until),
            hours: permit.hours.0.iter().map(|window| (window.from, window.until)).collect(),
            corridors: vec![route(permit)],
            disposals: permit.disposals.iter().map(ToString::to_string).collect(),
        })
        .collect();
    let licensed = |it: &waste::RegisteredVehicle| Licensed {
        rated_kg: u32::try_from(it.rated_kg).ok(),
        permits: it.permits.iter().filter_map(|at| permits.get(*at).cloned()).collect(),
    };
    register.vehicles.iter().map(|it| (plate_key(&it.plate, it.colour), licensed(it))).collect()
}

/// The terminals of vehicles.
pub struct BelievedFleet(pub Vehicles);

fn tracked(it: Believed) -> Tracked {
    Tracked { vehicle: it.id, plate: it.plate, colour: it.colour, vendor: it.vendor, visitor: it.visitor, simulated: it.simulated }
}

#[async_trait]
impl Fleet for BelievedFleet {
    async fn tracked(&self, vehicles: &[i64]) -> Answer<Vec<Tracked>> {
        let most = i64::try_from(vehicles.len()).unwrap_or(i64::MAX);
        Ok(self.0.believed(Some(vehicles), most).await?.into_iter().map(tracked).collect())
    }

    async fn all(&self, most: i64) -> Answer<Vec<Tracked>> {
        Ok(self.0.believed(None, most).await?.into_iter().map(tracked).collect())
    }
}
