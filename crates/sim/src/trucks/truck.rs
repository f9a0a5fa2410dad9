//! One truck (模拟渣土车): its working day as points, one after the other. Pure: seed and begin make all of it.

use std::{collections::VecDeque, sync::Arc};

use super::{
    network::between,
    trip::{Body, Leg, Planner, Via},
    truth::Truth,
    world::World,
};
use crate::city::{chance::Chance, plane::distance};

/// What a terminal says of a moment, and on which way it goes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Emission {
    /// Seconds since 1970.
    pub at: i64,
    /// Longitude and latitude, WGS-84.
    pub place: [f64; 2],
    pub kmh: f64,
    /// Degrees from north, clockwise.
    pub direction: u16,
    pub load_kg: u32,
    pub body: Body,
    /// It drives faster than its terminal was told is permitted.
    pub overspeed: bool,
    /// On the odometer, in metres.
    pub metres: f64,
    pub via: Via,
}

/// One truck.
pub(crate) struct Truck {
    /// Its number in the run.
    pub number: u32,
    pub phone: String,
    pub plate: String,
    planner: Planner,
    world: Arc<World>,
    chance: Chance,
    legs: VecDeque<Leg>,
    /// When the first of the legs began, in seconds since 1970.
    begun: f64,
    next: i64,
    interval: i64,
    metres: f64,
    before: Option<[f64; 2]>,
    direction: u16,
    odd: bool,
    pending: Vec<Truth>,
}

/// Seconds between two points of a truck that stands with its engine on, at least, and of one that is parked.
const STANDING: i64 = 30;
const PARKED: i64 = 60;
/// So long at most a truck is under way already when the run begins.
const LEAD: f64 = 3_600.0;

impl Truck {
    /// A truck that is somewhere in its day at `begin`.
    pub fn new(number: u32, world: Arc<World>, seed: u64, begin: i64, interval: i64, cheating: f64) -> Self {
        let mut chance = Chance::new(seed, &format!("truck {number}"));
        let (phone, plate) = (phone(number), plate(number));
        let planner = Planner::new(&world, number, seed, cheating, (phone.clone(), plate.clone()));
        let start = begin - chance.between(0.0, LEAD) as i64;
        let metres = chance.between(20_000.0, 180_000.0) * 1_000.0;
        let mut truck = Self {
            number,
            phone,
            plate,
            planner,
            world,
            chance,
            legs: VecDeque::new(),
            begun: start as f64,
            next: start,
            interval,
            metres,
            before: None,
            direction: 0,
            odd: false,
            pending: Vec::new(),
        };
        while truck.next < begin {
            truck.emit();
        }
        truck.pending.retain(|truth| truth.span().is_none_or(|(_, to)| to >= begin));
        truck
    }

    /// What it may do, as truth.
    pub fn told(&self) -> Truth {
        self.planner.told(&self.world)
    }

    /// What was done and over by a moment.
    pub fn done(&mut self, at: i64) -> Vec<Truth> {
        let (done, pending) = self.pending.drain(..).partition(|truth| truth.span().is_none_or(|(_, to)| to <= at));
        self.pending = pending;
        done
    }

    /// What had begun by a moment and was not over.
    pub fn cut_off(self, at: i64) -> Vec<Truth> {
        self.pending.into_iter().filter(|truth| truth.span().is_some_and(|(from, _)| from <= at)).map(Truth::unfinished).collect()
    }

    /// The next point. There is always one.
    pub fn emit(&mut self) -> Emission {
        let at = self.next;
        // A leg that is over makes room for the next one; none left, and the next part of the day is planned.
        let leg = loop {
            match self.legs.front() {
                Some(leg) if self.begun + leg.seconds > at as f64 => break leg.clone(),
                Some(leg) => {
                    self.begun += leg.seconds;
                    self.legs.pop_front();
                }
                None => {
                    let begin = self.begun.ceil();
                    self.begun = begin;
                    let (legs, truth) = self.planner.next(&self.world, begin as i64, &mut self.chance);
                    self.legs.extend(legs);
                    self.pending.extend(truth);
                }
            }
        };
        let share = ((at as f64 - self.begun) / leg.seconds.max(0.001)).clamp(0.0, 1.0);
        let place = between(leg.from, leg.to, share);
        let driven = self.before.map_or(0.0, |before| distance(before, place));
        self.metres += driven;
        if leg.kmh > 0.0 {
            let (east, north) = (leg.to[0] - leg.from[0], leg.to[1] - leg.from[1]);
            self.direction = (east.atan2(north).to_degrees().rem_euclid(360.0)) as u16 % 360;
        }
        self.before = Some(place);
        self.next = at
            + match (leg.kmh > 0.0, leg.body.ignition) {
                (true, _) => self.interval,
                (false, true) => self.interval.max(STANDING),
                (false, false) => self.interval.max(PARKED),
            };
        self.odd = !self.odd;
        let (via, place) = match leg.via {
            // Of two devices under one number each second point is the clone's.
            Via::Clone(other) if self.odd => (Via::Clone(other), other),
            Via::Clone(_) => (Via::Live, place),
            via => (via, place),
        };
        // Satellites put a vehicle beside where it is, by some metres.
        let mut off = || (self.chance.unit() + self.chance.unit() + self.chance.unit() - 1.5) * 6.0;
        let noisy = [place[0] + off(), place[1] + off()];
        let kmh = if leg.kmh > 0.0 { leg.kmh * self.chance.between(0.93, 1.04) } else { 0.0 };
        let kg = f64::from(leg.load_kg.0) + (f64::from(leg.load_kg.1) - f64::from(leg.load_kg.0)) * share;
        Emission {
            at,
            place: self.world.network.degrees(noisy),
            kmh,
            direction: self.direction,
            load_kg: kg.round() as u32,
            body: leg.body,
            overspeed: kmh > self.planner.limit() + 5.0,
            metres: self.metres,
            via,
        }
    }
}

/// The number of a simulated terminal: 199 0 and seven digits, which no carrier gives out to terminals.
pub(crate) fn phone(number: u32) -> String {
    format!("1990{number:07}")
}

/// The plate of a simulated truck: no province is called 模.
pub(crate) fn plate(number: u32) -> String {
    format!("模F{number:05}")
}
