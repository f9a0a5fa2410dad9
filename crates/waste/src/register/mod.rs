//! The register at an instant (某一时刻的登记), for rules that judge what vehicles did.

mod store;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use uuid::Uuid;

use crate::{Hours, PlaceKind, Waste, WasteTerminal};
use store::Span;

/// Vehicles of one reading at most.
const VEHICLES: usize = 20_000;
/// Places of one reading at most.
const PLACES: usize = 10_000;
/// Permits of one reading at most.
const PERMITS: usize = 10_000;

/// A gate of a site (出入口).
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// What people call it.
    pub name: String,
    /// Longitude and latitude, WGS-84 in degrees.
    pub at: (f64, f64),
    /// The way out is hardened.
    pub hardened: bool,
    /// There is a wash bay.
    pub wash_bay: bool,
}

/// A place on the ground (场所): a site, where waste may go, or a black spot.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// The region that it lies in.
    pub jurisdiction: String,
    /// Its ring of longitude and latitude, WGS-84 in degrees, without the first point again at the end. It does not cross itself.
    pub ring: Vec<(f64, f64)>,
    /// Its gates.
    pub gates: Vec<Gate>,
}

/// A permit in force (有效的处置核准).
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredPermit {
    /// Its docket.
    pub id: Uuid,
    /// Which of its versions was in force.
    pub version: i32,
    /// Its number.
    pub number: String,
    /// The site.
    pub site: Uuid,
    /// Where it may be brought.
    pub disposals: Vec<Uuid>,
    /// Who carries it.
    pub carrier: Uuid,
    /// The vehicles it names.
    pub vehicles: Vec<Uuid>,
    /// The route: a line of longitude and latitude, WGS-84 in degrees.
    pub corridor: Vec<(f64, f64)>,
    /// How far beside the line is still on it, in metres.
    pub half_width_m: f64,
    /// The windows of its days.
    pub hours: Hours,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day, whose night goes on into the next morning where a window says so; where its extension counts as granted, that of the
    /// extension.
    pub valid_until: NaiveDate,
    /// In cubic metres.
    pub volume_m3: i64,
    /// Since when this version was in force.
    pub from_at: DateTime<Utc>,
    /// Until when it was in force; none where it still is.
    pub until_at: Option<DateTime<Utc>>,
}

impl RegisteredPermit {
    /// Whether it lets anybody drive at an instant: one of its days, within one of its windows.
    #[must_use]
    pub fn open_at(&self, at: DateTime<Utc>) -> bool {
        self.hours.open_at(at, self.valid_from, self.valid_until)
    }
}

/// A vehicle of the register (登记车辆).
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredVehicle {
    /// Its file.
    pub id: Uuid,
    /// Its plate.
    pub plate: String,
    /// The plate's colour by JT/T 415.
    pub colour: i16,
    /// The number of its vehicle in the tracks; none where no terminal is entered under its plate and colour, and in the register of a day.
    /// A terminal that came by itself is not its own.
    pub track: Option<i64>,
    /// Its carrier.
    pub carrier: Uuid,
    /// The carrier's name.
    pub carrier_name: String,
    /// The region that its carrier belongs to.
    pub jurisdiction: String,
    /// What it may carry, in kilograms.
    pub rated_kg: i32,
    /// What its box holds, in litres.
    pub box_litres: i32,
    /// The permits in force that name it and that its carrier holds, as places in [`Register::permits`].
    pub permits: Vec<usize>,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// The register at an instant, or of a day.
///
/// Permits are those in force then, as they were then. Vehicles and places are those that were in use then, as they stand now: what else was
/// changed about them is the history of settings, not asked here.
#[derive(Debug, Clone)]
pub struct Register {
    /// The instant; of a day its last.
    pub at: DateTime<Utc>,
    /// Vehicles in use.
    pub vehicles: Vec<RegisteredVehicle>,
    /// Permits in force; of a day, every version that was in force at any time of it.
    pub permits: Vec<RegisteredPermit>,
    /// Sites, places where waste may go, and black spots that are valid on the day.
    pub grounds: Vec<Ground>,
    /// There are more than 20,000 vehicles, 10,000 places or 10,000 permits; the oldest are not here.
    pub cut: bool,
}

impl Register {
    /// The register of a room at an instant: one snapshot of the database, and the terminals as they are entered now.
    ///
    /// # Errors
    /// The database's.
    pub async fn at(room: &Waste, at: DateTime<Utc>) -> Answer<Self> {
        let read = store::read(room, Span::at(at)).await?;
        let plates: Vec<(String, i16)> = read.vehicles.iter().map(|it| (it.plate.clone(), it.colour)).collect();
        let terminals = room.parts().terminals.terminals(&plates).await?;
        Ok(read.assembled(at, terminals))
    }

    /// The register of a day of the city: what was in use or in force at any time of it, for judging that day as a whole, however much later.
    /// It asks for no terminals.
    ///
    /// # Errors
    /// The database's.
    pub async fn of_day(room: &Waste, day: NaiveDate) -> Answer<Self> {
        let span = Span::of(day);
        Ok(store::read(room, span).await?.assembled(span.until, Vec::new()))
    }

    /// What changes whenever the register does, terminals aside: as long as it stays the same, what was read need not be read again.
    ///
    /// # Errors
    /// The database's.
    pub async fn stamp(room: &Waste) -> Answer<String> {
        let mut connection = room.database().pool().acquire().await?;
        let (places, carriers, vehicles, permits) = store::stamp(&mut connection, room.home()).await?;
        Ok(format!("{places}-{carriers}-{vehicles}-{permits}"))
    }

    /// A place by its id.
    #[must_use]
    pub fn ground(&self, id: Uuid) -> Option<&Ground> {
        self.grounds.iter().find(|it| it.id == id)
    }
}

/// What was read, before it is put together.
struct Read {
    vehicles: Vec<RegisteredVehicle>,
    permits: Vec<RegisteredPermit>,
    grounds: Vec<Ground>,
    /// Vehicles that went to another carrier since.
    moved: HashSet<Uuid>,
    cut: bool,
}

impl Read {
    fn assembled(mut self, at: DateTime<Utc>, terminals: Vec<WasteTerminal>) -> Register {
        // Of one that nobody entered only its own word says whose it is: it is shown, and judges nobody.
        let entered = terminals.into_iter().filter(|it| !it.visitor);
        let tracks: HashMap<(String, i16), i64> = entered.map(|it| ((it.plate, it.colour), it.track)).collect();
        let places: HashMap<Uuid, usize> = self.vehicles.iter().enumerate().map(|(index, it)| (it.id, index)).collect();
        for vehicle in &mut self.vehicles {
            vehicle.track = tracks.get(&(vehicle.plate.clone(), vehicle.colour)).copied();
        }
        for (index, permit) in self.permits.iter().enumerate() {
            for vehicle in permit.vehicles.iter().filter_map(|id| places.get(id)) {
                let vehicle = &mut self.vehicles[*vehicle];
                // A permit is its carrier's: a vehicle that went to another one left it. One that went later had it still.
                if vehicle.carrier == permit.carrier || self.moved.contains(&vehicle.id) {
                    vehicle.permits.push(index);
                }
            }
        }
        Register { at, vehicles: self.vehicles, permits: self.permits, grounds: self.grounds, cut: self.cut }
    }
}
