//! What a track is held against (底图): places, corridors, permits and vehicles as they were registered on a day.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use fences::{BuildError, Fences, Shape};
use http_api::Answer;
use kernel::codes;

codes! {
    /// What a place is (场所种类).
    #[schema(as = GroundPlaceKind)]
    PlaceKind {
        /// Where waste comes from (工地).
        Site = "site", "工地";
        /// Where a vehicle is washed before it leaves a site (冲洗台).
        WashBay = "wash_bay", "冲洗台";
        /// Where it may be unloaded (消纳场所).
        Disposal = "disposal", "消纳场所";
        /// Where it was dumped before (偷倒黑点).
        BlackSpot = "black_spot", "偷倒黑点";
        /// The corridor of a permit (核准路线).
        Corridor = "corridor", "核准路线";
    }
}

/// A place or corridor.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The register's id; of a wash bay or corridor one that nothing else has.
    pub id: String,
    /// What it is.
    pub kind: PlaceKind,
    /// What people call it.
    pub name: String,
    /// Of a wash bay: its site.
    pub of: Option<String>,
    /// What it encloses.
    pub shape: Shape,
}

/// A permit as it was in force (核准).
#[derive(Debug, Clone, PartialEq)]
pub struct Permit {
    /// Its number.
    pub number: String,
    /// In force from here, in seconds since 1970.
    pub from: i64,
    /// Until before here.
    pub until: i64,
    /// The first and last day on which may be carried.
    pub days: (NaiveDate, NaiveDate),
    /// Windows of the day in minutes after midnight in the city; one that ends before it begins goes over midnight. None for the whole day.
    pub hours: Vec<(u16, u16)>,
    /// Ids of its corridors; none where it has no route.
    pub corridors: Vec<String>,
    /// Ids of where it may be unloaded.
    pub disposals: Vec<String>,
}

/// A vehicle as it is registered (运输车辆).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Licensed {
    /// What it may carry, in kilograms.
    pub rated_kg: Option<u32>,
    /// Permits that name it.
    pub permits: Vec<Permit>,
}

/// All of it at an instant, with an index over the places.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Which state of the register it is.
    pub version: String,
    places: Vec<Place>,
    by_id: HashMap<String, u32>,
    index: Fences,
    vehicles: HashMap<String, Licensed>,
}

impl Ground {
    /// Puts it together; vehicles by [`plate_key`].
    ///
    /// # Errors
    /// A shape that cannot be indexed.
    pub fn new(version: String, places: Vec<Place>, vehicles: HashMap<String, Licensed>) -> Result<Self, BuildError> {
        let index = Fences::build(places.iter().map(|place| place.shape.clone()).collect())?;
        let by_id = (0_u32..).zip(&places).map(|(at, place)| (place.id.clone(), at)).collect();
        Ok(Self { version, places, by_id, index, vehicles })
    }

    /// The places that hold a point, in `found`.
    pub fn at(&self, lon: f64, lat: f64, found: &mut Vec<u32>) {
        self.index.at(lon, lat, found);
    }

    /// A place.
    #[must_use]
    pub fn place(&self, at: u32) -> Option<&Place> {
        self.places.get(at as usize)
    }

    /// The place of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The places of a kind.
    pub fn of_kind(&self, kind: PlaceKind) -> impl Iterator<Item = u32> + '_ {
        (0_u32..).zip(&self.places).filter(move |(_, place)| place.kind == kind).map(|(at, _)| at)
    }

    /// A registered vehicle, by [`plate_key`].
    #[must_use]
    pub fn vehicle(&self, key: &str) -> Option<&Licensed> {
        self.vehicles.get(key)
    }
}

/// Whoever keeps the register of places, permits and vehicles. The binary wires it.
#[async_trait]
pub trait Terrain: Send + Sync + 'static {
    /// What changes whenever the register does: as long as it stays the same, no day is asked for twice.
    ///
    /// # Errors
    /// The database's.
    async fn stamp(&self) -> Answer<String>;

    /// The register of a day of the city, for judging that day as a whole.
    ///
    /// # Errors
    /// The database's.
    async fn of_day(&self, day: NaiveDate) -> Answer<std::sync::Arc<Ground>>;
}

/// A vehicle of the tracks with what its terminal is entered with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tracked {
    /// Its number in the tracks.
    pub vehicle: i64,
    /// Its plate; empty where the terminal told none.
    pub plate: String,
    /// The plate's colour by JT/T 415.
    pub colour: i16,
    /// Whose table says what its own items mean.
    pub vendor: String,
    /// Nobody entered it.
    pub visitor: bool,
    /// Made by the city simulator.
    pub simulated: bool,
}

/// What a vehicle is found by in the register: its plate with its colour.
#[must_use]
pub fn plate_key(plate: &str, colour: i16) -> String {
    format!("{plate}#{colour}")
}

/// Whoever knows the terminals of vehicles. The binary wires it.
#[async_trait]
pub trait Fleet: Send + Sync + 'static {
    /// Those of these vehicles that are known.
    ///
    /// # Errors
    /// The database's.
    async fn tracked(&self, vehicles: &[i64]) -> Answer<Vec<Tracked>>;

    /// All that are known, so many at most.
    ///
    /// # Errors
    /// The database's.
    async fn all(&self, most: i64) -> Answer<Vec<Tracked>>;
}
