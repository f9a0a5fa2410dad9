//! The register of construction waste and the terminals of vehicles as findings see them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use fences::Shape;
use findings::{Findings, Fleet, Ground, Licensed, Permit, Place, PlaceKind, Terrain, Tracked, plate_key};
use gateway_jt808::{Believed, Vehicles};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use http_api::Answer;
use kernel::{clock::shanghai, problem::Problem};
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
    /// Permits that were in force when the day began, or are at the instant, count for the whole day: who was given one in the morning is not
    /// held to have had none at dawn.
    async fn at(&self, at: DateTime<Utc>) -> Answer<Arc<Ground>> {
        let day = at.with_timezone(&shanghai()).date_naive();
        let begin = day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::hours(8);
        let early = Register::at(&self.0, begin).await?;
        let late = Register::at(&self.0, at).await?;
        if late.cut || early.cut {
            tracing::warn!("the register of construction waste is larger than is read at once; some of it is not judged by");
        }
        let permits: BTreeMap<_, &RegisteredPermit> =
            early.permits.iter().chain(&late.permits).map(|it| ((it.id, it.version), it)).collect();
        let ground = Ground::new(
            at.with_timezone(&shanghai()).format("%Y-%m-%d %H:%M:%S").to_string(),
            places(&late, &permits),
            vehicles(&late, &permits),
        );
        Ok(Arc::new(ground.map_err(|error| {
            tracing::error!(%error, "the register of construction waste cannot be indexed");
            Problem::internal("ground-invalid", "登记中的范围或路线无法使用，请核对建筑垃圾登记")
        })?))
    }
}

type Permits<'a> = BTreeMap<(uuid::Uuid, i32), &'a RegisteredPermit>;

fn line(points: &[(f64, f64)]) -> LineString<f64> {
    LineString(points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect())
}

fn route(permit: &RegisteredPermit) -> String {
    format!("route-{}-{}", permit.id, permit.version)
}

fn places(register: &Register, permits: &Permits<'_>) -> Vec<Place> {
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
    places.extend(permits.values().map(|permit| Place {
        id: route(permit),
        kind: PlaceKind::Corridor,
        name: permit.number.clone(),
        of: None,
        shape: Shape::Corridor { line: line(&permit.corridor), half_width_m: permit.half_width_m },
    }));
    places
}

fn vehicles(register: &Register, permits: &Permits<'_>) -> HashMap<String, Licensed> {
    let mut named: HashMap<uuid::Uuid, Vec<Permit>> = HashMap::new();
    for permit in permits.values() {
        let own = Permit {
            number: permit.number.clone(),
            // Which of its days, hours say; the register tells only what is in force.
            from: i64::MIN,
            until: i64::MAX,
            days: (permit.valid_from, permit.valid_until),
            hours: permit.hours.0.iter().map(|window| (window.from, window.until)).collect(),
            corridors: vec![route(permit)],
            disposals: permit.disposals.iter().map(ToString::to_string).collect(),
        };
        for vehicle in &permit.vehicles {
            named.entry(*vehicle).or_default().push(own.clone());
        }
    }
    let licensed = |it: &waste::RegisteredVehicle| Licensed {
        rated_kg: u32::try_from(it.rated_kg).ok(),
        permits: named.get(&it.id).cloned().unwrap_or_default(),
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
