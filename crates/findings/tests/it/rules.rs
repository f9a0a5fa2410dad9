//! Each rule finds what it is for, once, and nothing of an honest trip.

use findings::{Fix, Heard, Measure, Rule, RuleSet, evaluate, gaps};
use jt808::Lid;
use proptest::prelude::*;

use crate::drive::{Drive, EIGHT, ground, key, permit, spot};

fn number(found: &findings::Found, measure: Measure) -> f64 {
    found.numbers.iter().find(|it| it.measure == measure).unwrap_or_else(|| panic!("{measure:?} in {found:?}")).value
}

#[test]
fn an_honest_trip_is_found_nothing_of() {
    assert_eq!(Drive::honest(EIGHT).says(&ground(vec![permit()])), vec![]);
}

#[test]
fn beside_the_road_is_one_finding_with_how_far() {
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(120.0, 0.0, 10.0).stand(120).to(1_000.0, 0.0, 40.0);
    // Off to the south for two minutes, back over the border and out again within the grace, and home.
    drive.to(1_500.0, -300.0, 30.0).to(2_000.0, -300.0, 30.0).to(2_100.0, -20.0, 30.0).to(2_200.0, -200.0, 30.0).to(2_500.0, 0.0, 30.0);
    drive.to(4_950.0, 0.0, 40.0).tip();
    let says = drive.says(&ground(vec![permit()]));
    assert_eq!(says.iter().map(|it| it.rule).collect::<Vec<_>>(), [Rule::OffCorridor], "{says:?}");
    let metres = number(&says[0], Measure::Metres);
    assert!((269.0..271.0).contains(&metres), "300 m from the middle is 270 m beside it, not {metres}");
    assert!(says[0].words.contains("渣〔2026〕1号") && !says[0].open);
    // A permit without a route lets every road.
    let free = findings::Permit { corridors: vec![], ..permit() };
    assert_eq!(drive.rules(&ground(vec![free])), []);
}

#[test]
fn hours_and_permits_are_those_of_the_moment() {
    let early = Drive::honest(EIGHT - 3_600);
    assert_eq!(early.rules(&ground(vec![permit()])), [Rule::OffHours]);
    assert_eq!(early.rules(&ground(vec![])), [Rule::NoPermit]);
    let ended = findings::Permit { until: EIGHT - 7_200, ..permit() };
    let says = early.says(&ground(vec![ended]));
    assert_eq!(says.len(), 1);
    assert!(says[0].rule == Rule::NoPermit && says[0].words.contains("不在有效期内"), "{says:?}");
    // A night's window belongs to the day it begins on.
    let night = findings::Permit { hours: vec![(19 * 60, 5 * 60)], until: EIGHT + 40 * 3_600, ..permit() };
    assert_eq!(Drive::honest(EIGHT + 18 * 3_600).rules(&ground(vec![night.clone()])), [], "two in the next morning");
    assert_eq!(Drive::honest(EIGHT + 22 * 3_600).rules(&ground(vec![night])), [Rule::NoPermit], "six in the next morning");
}

#[test]
fn tipped_elsewhere_is_the_wrong_destination() {
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(120.0, 0.0, 10.0).stand(120).to(2_500.0, 0.0, 40.0).to(2_500.0, 600.0, 25.0).stand(120).tip();
    let says = drive.says(&ground(vec![permit()]));
    let rules: Vec<Rule> = says.iter().map(|it| it.rule).collect();
    assert_eq!(rules, [Rule::OffCorridor, Rule::BlackSpot, Rule::WrongDestination], "{says:?}");
    assert!(says[1].words.contains("并卸载"), "{}", says[1].words);
    let away = number(&says[2], Measure::Away);
    assert!((2_300.0..2_450.0).contains(&away), "{away}");
    assert!(says[2].words.contains("车厢举升") && says[2].words.contains("河滩"));
}

#[test]
fn lid_weight_and_speed_need_more_than_a_moment() {
    let ground = ground(vec![permit()]);
    let mut drive = Drive::honest(EIGHT);
    // A terminal that is wrong for one point.
    let moving = drive.fixes.iter().position(|fix| fix.kmh == 40.0).unwrap() + 5;
    (drive.fixes[moving].lid, drive.fixes[moving].load_kg, drive.fixes[moving].kmh) = (Some(Lid::Open), Some(90_000), 120.0);
    assert_eq!(drive.rules(&ground), []);
    for fix in &mut drive.fixes[moving..moving + 12] {
        (fix.lid, fix.load_kg, fix.kmh) = (Some(Lid::Open), Some(16_500), 72.0);
    }
    let says = drive.says(&ground);
    assert_eq!(says.iter().map(|it| it.rule).collect::<Vec<_>>(), [Rule::LidOpen, Rule::Overload, Rule::Speeding], "{says:?}");
    assert_eq!((number(&says[1], Measure::Weight), number(&says[1], Measure::Rated)), (16_500.0, 15_000.0));
    assert_eq!(number(&says[2], Measure::Speed), 72.0);
    // Ten percent over is nothing where the rule lets a fifth.
    let mut rules = RuleSet::shipped();
    rules.rules.iter_mut().find(|line| line.rule == Rule::Overload).unwrap().setting.limit = 20.0;
    let found = evaluate(&drive.fixes, &key(), &ground, &rules, &Heard::new());
    assert!(!found.iter().any(|it| it.rule == Rule::Overload));
}

#[test]
fn unwashed_is_who_left_loaded_without_the_stop() {
    let ground = ground(vec![permit()]);
    let mut drive = Drive::from(EIGHT);
    drive.to(0.0, 0.0, 20.0).load().to(4_950.0, 0.0, 40.0).tip();
    let says = drive.says(&ground);
    assert_eq!(says.iter().map(|it| it.rule).collect::<Vec<_>>(), [Rule::Unwashed], "{says:?}");
    assert!(number(&says[0], Measure::Washed) < 60.0 && number(&says[0], Measure::Limit) == 60.0);
    // A track that begins loaded inside the site says nothing: it may have been washed before.
    let inside = drive.fixes.iter().position(|fix| fix.load != Some(jt808::Load::Empty)).unwrap() + 3;
    drive.fixes.drain(..inside);
    assert_eq!(drive.rules(&ground), []);
}

#[test]
fn a_load_that_stands_at_night_is_asked_about() {
    let night = findings::Permit { hours: vec![], until: EIGHT + 60 * 3_600, ..permit() };
    let mut drive = Drive::from(EIGHT + 15 * 3_600 - 1_200);
    drive.to(0.0, 0.0, 20.0).load().to(120.0, 0.0, 10.0).stand(120).to(2_000.0, 0.0, 40.0).stand(1_800);
    let says = drive.says(&ground(vec![night]));
    assert_eq!(says.iter().map(|it| it.rule).collect::<Vec<_>>(), [Rule::NightStop], "{says:?}");
    assert!(says[0].open, "it stands there still");
}

#[test]
fn silence_counts_where_others_were_heard() {
    let ground = ground(vec![permit()]);
    let mut drive = Drive::from(EIGHT);
    drive
        .to(0.0, 0.0, 20.0)
        .load()
        .to(120.0, 0.0, 10.0)
        .stand(120)
        .to(1_000.0, 0.0, 40.0)
        .silent(1_800, 4_900.0, 0.0)
        .to(4_950.0, 0.0, 20.0)
        .tip();
    let rules = RuleSet::shipped();
    let dark = gaps(&drive.fixes, &rules);
    assert_eq!(dark.len(), 1);
    let told = |others: u32| {
        let heard = Heard::from([((dark[0].from, dark[0].to), others)]);
        evaluate(&drive.fixes, &key(), &ground, &rules, &heard).iter().map(|it| it.rule).collect::<Vec<_>>()
    };
    assert_eq!(told(1), [], "nobody else was heard there: a hole in the network");
    assert_eq!(told(2), [Rule::Dark]);
    // Parked and switched off is no silence.
    let mut parked = Drive::honest(EIGHT);
    parked.silent(7_200, 5.0, 5.0).to(10.0, 10.0, 10.0);
    assert_eq!(gaps(&parked.fixes, &rules), []);
}

#[test]
fn two_devices_under_one_number_jump() {
    let ground = ground(vec![permit()]);
    let mut drive = Drive::honest(EIGHT);
    let far = spot(60_000.0, 20_000.0);
    let other = |fix: &Fix| Fix { lon: far.x, lat: far.y, ..*fix };
    let mut twice: Vec<Fix> = drive.fixes.clone();
    for at in [40, 43] {
        twice[at] = other(&twice[at]);
    }
    std::mem::swap(&mut drive.fixes, &mut twice);
    let says = drive.says(&ground);
    let found = says.iter().find(|it| it.rule == Rule::Tampered).unwrap_or_else(|| panic!("{says:?}"));
    assert_eq!(number(found, Measure::Jumps), 4.0);
    assert!(found.words.contains("两台设备"));
    // One leap of a receiver is none.
    let mut leap = Drive::honest(EIGHT);
    let last = leap.fixes.len() - 1;
    leap.fixes[last] = other(&leap.fixes[last]);
    assert!(!leap.rules(&ground).contains(&Rule::Tampered));
}

proptest! {
    /// What is judged twice is the same; points beyond what a day is judged with change nothing of it.
    #[test]
    fn the_same_points_say_the_same(steps in proptest::collection::vec((-3_000.0_f64..6_000.0, -900.0_f64..900.0, 5.0_f64..80.0, 0_u8..6), 1..12)) {
        let mut drive = Drive::from(EIGHT);
        for (east, north, kmh, then) in steps {
            drive.to(east, north, kmh);
            match then {
                0 => { drive.load(); }
                1 => { drive.tip(); }
                2 => drive.lid = Lid::Open,
                3 => drive.lid = Lid::Closed,
                4 => { drive.stand(200); }
                _ => {}
            }
        }
        let ground = ground(vec![permit()]);
        let says = drive.says(&ground);
        prop_assert_eq!(&drive.says(&ground), &says);
        // Of one rule no two findings overlap: one episode is one finding.
        for rule in Rule::ALL {
            let own: Vec<_> = says.iter().filter(|it| it.rule == *rule).collect();
            for pair in own.windows(2) {
                prop_assert!(pair[0].to <= pair[1].from, "{:?}", pair);
            }
        }
        for it in &says {
            prop_assert!(it.from <= it.to && it.from >= EIGHT);
        }
    }
}
