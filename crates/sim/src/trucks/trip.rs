//! How a truck's day is planned (模拟行程): trips between site and disposal, some of them with cheating.

use chrono::{DateTime, Timelike, Utc};
use kernel::clock::shanghai;

use super::{
    network::stretch,
    truth::{Cheat, Truth},
    world::{Permit, Spot, World},
};
use crate::city::{
    chance::Chance,
    plane::{Point, distance},
};

/// On which way a point goes to the platform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Via {
    /// At once.
    Live,
    /// Never: the terminal is switched off.
    Never,
    /// Later, with others: there is no network.
    Kept,
    /// From another device, which stands here on the plane.
    Clone(Point),
}

/// The state of the truck's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Body {
    pub ignition: bool,
    pub lid_open: bool,
    pub tipper_raised: bool,
}

/// A stretch of a truck's day: from one place to another, or standing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leg {
    pub from: Point,
    pub to: Point,
    pub seconds: f64,
    /// Zero where it stands.
    pub kmh: f64,
    /// What it carries at its begin and its end.
    pub load_kg: (u32, u32),
    pub body: Body,
    pub via: Via,
}

const DRIVING: Body = Body { ignition: true, lid_open: false, tipper_raised: false };

/// Plans the day of one truck, part by part.
pub(crate) struct Planner {
    permit: Permit,
    named: (String, String),
    cheating: f64,
    here: usize,
    trips: u32,
    /// The day of the last trip outside of its hours: one a day at most.
    off_hours_on: i64,
}

impl Planner {
    pub fn new(world: &World, number: u32, seed: u64, cheating: f64, named: (String, String)) -> Self {
        let permit = world.permit(number, seed);
        let here = world.depots[permit.depot].node;
        Self { permit, named, cheating, here, trips: 0, off_hours_on: 0 }
    }

    pub fn limit(&self) -> f64 {
        self.permit.limit
    }

    pub fn told(&self, world: &World) -> Truth {
        let permit = &self.permit;
        Truth::Vehicle {
            phone: self.named.0.clone(),
            plate: self.named.1.clone(),
            site: world.sites[permit.site].name.clone(),
            disposal: world.disposals[permit.disposal].name.clone(),
            hours: [permit.hours.0, permit.hours.1].map(|hour| format!("{hour:02}:00")),
            max_kg: permit.max_kg,
            limit_kmh: permit.limit,
            route: permit.route.iter().map(|node| world.network.degrees(world.network.node(*node))).collect(),
        }
    }

    /// The next part of the day from a moment on, and what it is in truth.
    pub fn next(&mut self, world: &World, at: i64, chance: &mut Chance) -> (Vec<Leg>, Vec<Truth>) {
        let mut plan = Plan { legs: Vec::new(), at: at as f64, world };
        let mut truth = Vec::new();
        let depot = world.depots[self.permit.depot].node;
        let site = world.sites[self.permit.site].node;
        if self.at_work(at) {
            let cheat = (chance.unit() < self.cheating).then(|| Cheat::OF_A_TRIP[chance.below(Cheat::OF_A_TRIP.len())]);
            plan.drive(&world.network.way(self.here, site, None), 0, DRIVING, chance);
            self.trip(&mut plan, cheat, &mut truth, chance);
        } else if at.div_euclid(86_400) != self.off_hours_on && chance.unit() < self.cheating * 0.2 {
            self.off_hours_on = at.div_euclid(86_400);
            plan.drive(&world.network.way(self.here, site, None), 0, DRIVING, chance);
            self.trip(&mut plan, Some(Cheat::OffHours), &mut truth, chance);
        } else {
            plan.drive(&world.network.way(self.here, depot, None), 0, DRIVING, chance);
            self.here = depot;
            plan.stand(depot, 1_800.0, (0, 0), Body { ignition: false, ..DRIVING });
        }
        (plan.legs, truth)
    }

    fn at_work(&self, at: i64) -> bool {
        let hour = DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&shanghai()).hour();
        let (from, to) = self.permit.hours;
        // Who loads in the last hour would still be under way after it.
        if from < to { (from..to - 1).contains(&hour) } else { hour >= from || hour + 1 < to }
    }

    /// From loading to having dumped.
    fn trip(&mut self, plan: &mut Plan<'_>, cheat: Option<Cheat>, truth: &mut Vec<Truth>, chance: &mut Chance) {
        self.trips += 1;
        let world = plan.world;
        let (permit, site) = (&self.permit, &world.sites[self.permit.site]);
        let full =
            f64::from(permit.max_kg) * if cheat == Some(Cheat::Overload) { chance.between(1.25, 1.6) } else { chance.between(0.8, 0.98) };
        let kg = full as u32;
        plan.stand(site.node, chance.between(300.0, 540.0), (0, kg), Body { lid_open: true, ..DRIVING });
        let left = plan.at as i64;
        let goal: &Spot = match cheat {
            Some(Cheat::WrongDestination) => &world.disposals[(permit.disposal + 1) % world.disposals.len()],
            Some(Cheat::BlackSpot) => &world.black_spots[chance.below(world.black_spots.len())],
            _ => &world.disposals[permit.disposal],
        };
        let way = match cheat {
            Some(Cheat::OffRoute) => world.network.way(site.node, goal.node, Some(&permit.stretches)),
            Some(Cheat::WrongDestination | Cheat::BlackSpot) => world.network.way(site.node, goal.node, None),
            _ => permit.route.clone(),
        };
        let (begin, first) = (plan.at, plan.legs.len());
        plan.drive(&way, kg, Body { lid_open: cheat == Some(Cheat::LidOpen), ..DRIVING }, chance);
        let mut span = (begin, plan.at);
        let mut began_at = world.network.node(site.node);
        match cheat {
            Some(Cheat::OffRoute) => (span, began_at) = plan.off_route(first, &way, permit, span),
            Some(Cheat::Speeding) => (span, began_at) = plan.speed_up(first, begin, permit.limit, chance),
            Some(Cheat::DarkSignal) => (span, began_at) = plan.hide(first, begin, Via::Never, kg, chance),
            Some(Cheat::LatePoints) => (span, began_at) = plan.hide(first, begin, Via::Kept, kg, chance),
            Some(Cheat::ClonedTerminal) => {
                let other = world.network.node(far_from(world, site.node, chance));
                (span, began_at) = plan.hide(first, begin, Via::Clone(other), kg, chance);
            }
            _ => {}
        }
        let arrived = plan.at;
        let seconds = chance.between(150.0, 260.0) + if cheat == Some(Cheat::BlackSpot) { 300.0 } else { 0.0 };
        plan.stand(goal.node, seconds, (kg, 0), Body { lid_open: true, tipper_raised: true, ..DRIVING });
        match cheat {
            // The dumping is it, not the way there.
            Some(Cheat::WrongDestination | Cheat::BlackSpot) => (span, began_at) = ((arrived, plan.at), world.network.node(goal.node)),
            _ => {}
        }
        self.here = goal.node;
        let instant = |at: f64| DateTime::<Utc>::from_timestamp(at as i64, 0).unwrap_or_default();
        let (phone, plate, trip) = (self.named.0.clone(), self.named.1.clone(), self.trips);
        let [lon, lat] = world.network.degrees(began_at);
        truth.push(Truth::Trip {
            phone: phone.clone(),
            plate: plate.clone(),
            trip,
            from: instant(left as f64),
            to: instant(plan.at),
            site: site.name.clone(),
            destination: goal.name.clone(),
            kg,
            cheat,
            finished: true,
        });
        if let Some(cheat) = cheat {
            truth.push(Truth::Cheat { cheat, phone, plate, trip, from: instant(span.0), to: instant(span.1), lon, lat, finished: true });
        }
    }
}

/// A crossing at least eight kilometres away, where there is one.
fn far_from(world: &World, node: usize, chance: &mut Chance) -> usize {
    let away = |other: &usize| distance(world.network.node(node), world.network.node(*other)) > 8_000.0;
    (0..40).map(|_| chance.below(world.network.len())).find(away).unwrap_or_else(|| chance.below(world.network.len()))
}

/// From when to when, and where it began.
type Told = ((f64, f64), Point);

/// Legs as they are put together.
struct Plan<'a> {
    legs: Vec<Leg>,
    at: f64,
    world: &'a World,
}

impl Plan<'_> {
    fn drive(&mut self, way: &[usize], kg: u32, body: Body, chance: &mut Chance) {
        for pair in way.windows(2) {
            let (from, to) = (self.world.network.node(pair[0]), self.world.network.node(pair[1]));
            let kmh = self.world.network.limit(pair[0], pair[1]) * chance.between(0.62, 0.9);
            let seconds = distance(from, to) / (kmh / 3.6);
            self.legs.push(Leg { from, to, seconds, kmh, load_kg: (kg, kg), body, via: Via::Live });
            self.at += seconds;
        }
    }

    fn stand(&mut self, node: usize, seconds: f64, load_kg: (u32, u32), body: Body) {
        let place = self.world.network.node(node);
        self.legs.push(Leg { from: place, to: place, seconds, kmh: 0.0, load_kg, body, via: Via::Live });
        self.at += seconds;
    }

    /// When each leg from `first` on begins.
    fn begins(&self, first: usize, begin: f64) -> Vec<f64> {
        self.legs[first..]
            .iter()
            .scan(begin, |at, leg| {
                let begins = *at;
                *at += leg.seconds;
                Some(begins)
            })
            .collect()
    }

    /// From where a way first leaves the permitted stretches to where it last comes back to them.
    fn off_route(&self, first: usize, way: &[usize], permit: &Permit, whole: (f64, f64)) -> Told {
        let begins = self.begins(first, whole.0);
        let off: Vec<usize> = (0..begins.len()).filter(|at| !permit.stretches.contains(&stretch(way[*at], way[*at + 1]))).collect();
        match (off.first(), off.last()) {
            (Some(one), Some(last)) => ((begins[*one], begins[*last] + self.legs[first + last].seconds), self.legs[first + one].from),
            _ => (whole, self.legs.get(first).map_or([0.0; 2], |leg| leg.from)),
        }
    }

    /// A stretch in the middle is driven too fast: at least two minutes of it.
    fn speed_up(&mut self, first: usize, begin: f64, limit: f64, chance: &mut Chance) -> Told {
        let many = self.legs.len() - first;
        if many == 0 {
            return ((begin, begin), [0.0; 2]);
        }
        let (from, kmh) = (first + many / 4, limit * chance.between(1.3, 1.6));
        let mut seconds = 0.0;
        let mut to = from;
        while to < self.legs.len() && seconds < 120.0 {
            let leg = &mut self.legs[to];
            let takes = distance(leg.from, leg.to) / (kmh / 3.6);
            self.at += takes - leg.seconds;
            (leg.seconds, leg.kmh) = (takes, kmh);
            seconds += takes;
            to += 1;
        }
        let begins = self.begins(first, begin)[from - first];
        ((begins, begins + seconds), self.legs[from].from)
    }

    /// The middle of the way goes to the platform otherwise, with a stand of eight to fourteen minutes in it, so that it lasts.
    fn hide(&mut self, first: usize, begin: f64, via: Via, kg: u32, chance: &mut Chance) -> Told {
        let many = self.legs.len() - first;
        let (from, to) = (first + many / 3, first + (many * 2 / 3).max(many / 3 + 1).min(many));
        let place = self.legs.get(from).map_or([0.0; 2], |leg| leg.from);
        let seconds = chance.between(480.0, 840.0);
        self.legs
            .insert(from.min(self.legs.len()), Leg { from: place, to: place, seconds, kmh: 0.0, load_kg: (kg, kg), body: DRIVING, via });
        self.at += seconds;
        let to = (to + 1).min(self.legs.len());
        for leg in &mut self.legs[from..to] {
            leg.via = via;
        }
        let begins = self.begins(first, begin)[from - first];
        let lasts: f64 = self.legs[from..to].iter().map(|leg| leg.seconds).sum();
        ((begins, begins + lasts), place)
    }
}
