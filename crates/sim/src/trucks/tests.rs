//! The trucks' days hold together: repeatable, on the roads, with truth that fits the points.

use std::sync::Arc;

use super::{
    Cheat, Truth,
    network::Network,
    trip::Via,
    truck::{Emission, Truck},
    world::World,
};
use crate::city::plane::distance;

/// 2026-11-23 08:00 in Beijing.
const MORNING: i64 = 1_795_363_200 + 8 * 3_600;
const BOUNDS: [f64; 4] = [120.95, 30.60, 121.15, 30.80];

fn world() -> Arc<World> {
    Arc::new(World::new(Network::grid(BOUNDS, 7), 7))
}

fn day(world: &Arc<World>, number: u32, cheating: f64, hours: i64) -> (Vec<Emission>, Vec<Truth>) {
    let mut truck = Truck::new(number, world.clone(), 7, MORNING, 10, cheating);
    let (mut points, mut truth) = (Vec::new(), Vec::new());
    loop {
        let point = truck.emit();
        if point.at >= MORNING + hours * 3_600 {
            truth.extend(truck.cut_off(MORNING + hours * 3_600));
            return (points, truth);
        }
        truth.extend(truck.done(point.at));
        points.push(point);
    }
}

#[test]
fn the_same_seed_and_begin_make_the_same_day_and_nobody_flies() {
    let world = world();
    for number in 0..6 {
        let (points, truth) = day(&world, number, 0.6, 10);
        assert_eq!((&points, &truth), (&day(&self::world(), number, 0.6, 10).0, &day(&self::world(), number, 0.6, 10).1));
        assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at));
        let own: Vec<&Emission> = points.iter().filter(|point| !matches!(point.via, Via::Clone(_))).collect();
        for pair in own.windows(2) {
            let plane = crate::city::plane::Plane::at([121.0, 30.7]);
            let far = distance(plane.to_metres(pair[0].place), plane.to_metres(pair[1].place));
            let seconds = (pair[1].at - pair[0].at) as f64;
            assert!(far <= 32.0 * seconds + 30.0, "truck {number}: {far} metres in {seconds} seconds");
            assert!(pair[0].kmh < 105.0 && pair[0].load_kg <= 26_000);
        }
        assert!(own.iter().all(|point| (120.9..121.2).contains(&point.place[0]) && (30.55..30.85).contains(&point.place[1])));
    }
}

#[test]
fn every_way_of_cheating_comes_in_its_share_and_its_truth_fits_the_points() {
    let world = world();
    let (mut seen, mut trips) = (std::collections::BTreeMap::new(), 0);
    for number in 0..60 {
        let (points, truth) = day(&world, number, 0.5, 24);
        trips += truth.iter().filter(|it| matches!(it, Truth::Trip { .. })).count();
        for line in &truth {
            let Truth::Cheat { cheat, finished: true, .. } = line else { continue };
            let Some((from, to)) = line.span() else { continue };
            assert!(to > from, "{line:?}");
            // Those that began before the first point are not looked at.
            if from < MORNING {
                continue;
            }
            *seen.entry(*cheat).or_insert(0) += 1;
            let of: Vec<&Emission> = points.iter().filter(|point| (from + 10..to - 10).contains(&point.at)).collect();
            let fits = match cheat {
                Cheat::LidOpen => of.iter().all(|point| point.body.lid_open && point.load_kg > 10_000),
                Cheat::Overload => of.iter().all(|point| point.load_kg > 16_000),
                Cheat::Speeding => of.iter().all(|point| point.kmh > 65.0),
                Cheat::DarkSignal => of.iter().all(|point| point.via == Via::Never) && to - from > 480,
                Cheat::LatePoints => of.iter().all(|point| point.via == Via::Kept),
                Cheat::ClonedTerminal => of.iter().any(|point| matches!(point.via, Via::Clone(_))),
                Cheat::BlackSpot | Cheat::WrongDestination => of.iter().all(|point| point.body.tipper_raised && point.kmh == 0.0),
                Cheat::OffHours | Cheat::OffRoute => of.iter().all(|point| point.load_kg > 10_000),
            };
            assert!(fits && !of.is_empty(), "{line:?}");
        }
    }
    let whole: i32 = seen.values().sum();
    assert_eq!(seen.len(), 10, "{seen:?}");
    let share = f64::from(whole) / trips as f64;
    assert!((0.4..0.62).contains(&share), "{share} of {trips} trips: {seen:?}");
}
