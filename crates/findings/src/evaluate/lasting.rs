//! Rules about what lasts over points: beside the route, out of hours, lid, weight, speed, permit, stops.

use std::ops::Range;

use fences::{Streak, Streaks};
use jt808::Lid;

use super::{Course, Found, Measure, Number};
use crate::{Fix, PlaceKind, Rule, Setting};

pub(super) fn look(course: &Course<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    off_corridor(course, &mut found);
    off_hours(course, &mut found);
    no_permit(course, &mut found);
    lid_open(course, &mut found);
    overload(course, &mut found);
    speeding(course, &mut found);
    black_spot(course, &mut found);
    night_stop(course, &mut found);
    found
}

/// The streaks of a rule that last long enough, with the points they reach over. `holds` hears whether a streak goes on.
fn streaks(course: &Course<'_>, setting: Setting, mut holds: impl FnMut(usize, bool) -> bool) -> Vec<(Streak, Range<usize>)> {
    let mut looks = Streaks::new(setting.need.into(), setting.of.into(), setting.grace_s.into());
    let mut found = Vec::new();
    for (at, fix) in course.fixes.iter().enumerate() {
        let held = holds(at, looks.is_on());
        found.extend(looks.feed(fix.at, held));
    }
    found.extend(looks.finish());
    let first = |second: i64| course.fixes.partition_point(|fix| fix.at < second);
    found
        .into_iter()
        .filter(|streak| streak.seconds() >= setting.dwell_s.into())
        .map(|streak| (streak, first(streak.from)..first(streak.to + 1)))
        .collect()
}

fn put(rule: Rule, (streak, points): (Streak, &Range<usize>), at: &Fix, more: Vec<Number>, words: String, places: Vec<u32>) -> Found {
    let mut numbers = vec![Number::of(Measure::Seconds, streak.seconds() as f64), Number::of(Measure::Points, points.len() as f64)];
    numbers.extend(more);
    Found { rule, from: streak.from, to: streak.to, open: streak.open, lon: at.lon, lat: at.lat, numbers, words, places }
}

fn off_corridor(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::OffCorridor) else { return };
    let allowed = |at: usize| -> Option<Vec<u32>> {
        let permits = course.permits(at);
        // A permit without a route lets every road.
        if permits.is_empty() || permits.iter().any(|permit| permit.corridors.is_empty()) {
            return None;
        }
        let ids = permits.iter().flat_map(|permit| permit.corridors.iter().chain(&permit.disposals));
        Some(ids.filter_map(|id| course.ground.find(id)).collect())
    };
    let mut off = false;
    let mut far = vec![0.0; course.fixes.len()];
    let found = streaks(course, setting, |at, _| {
        // Inside a site it is being loaded, not under way.
        if !course.carrying[at] || course.in_kind(at, PlaceKind::Site).is_some() {
            off = false;
            return false;
        }
        let Some((metres, _)) = allowed(at).and_then(|places| course.nearest(at, &places)) else { return false };
        far[at] = metres;
        // Beside it further than the margin; on it again only where it is on it.
        off = if off { metres > 0.0 } else { metres > setting.limit };
        off && course.moving(at)
    });
    for (streak, points) in found {
        let furthest = points.clone().max_by(|one, other| far[*one].total_cmp(&far[*other])).unwrap_or(points.start);
        let permits = course.permits(furthest);
        let numbers = permits.iter().map(|permit| permit.number.as_str()).collect::<Vec<_>>().join("、");
        let places =
            permits.iter().flat_map(|permit| permit.corridors.iter().chain(&permit.disposals)).filter_map(|id| course.ground.find(id));
        let more = vec![Number::of(Measure::Metres, far[furthest]), Number::of(Measure::Limit, setting.limit)];
        let words = format!("核准 {numbers} 的路线走廊之外");
        into.push(put(Rule::OffCorridor, (streak, &points), &course.fixes[furthest], more, words, places.collect()));
    }
}

fn off_hours(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::OffHours) else { return };
    let found = streaks(course, setting, |at, _| {
        if !course.carrying[at] || !course.moving(at) {
            return false;
        }
        let permits = course.permits(at);
        !permits.is_empty() && !permits.iter().any(|permit| permit.open(course.fixes[at].at))
    });
    for (streak, points) in found {
        let said: Vec<String> = course
            .permits(points.start)
            .iter()
            .map(|permit| {
                let hours = permit.hours.iter().map(|(from, until)| format!("{}至{}", clock(*from), clock(*until))).collect::<Vec<_>>();
                format!("{}（核准时段 {}）", permit.number, hours.join("、"))
            })
            .collect();
        let words = format!("核准 {}", said.join("；"));
        into.push(put(Rule::OffHours, (streak, &points), &course.fixes[points.start], vec![], words, vec![]));
    }
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn no_permit(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::NoPermit) else { return };
    let found = streaks(course, setting, |at, _| {
        // Inside a site it is being loaded, not under way.
        course.carrying[at] && course.moving(at) && course.in_kind(at, PlaceKind::Site).is_none() && course.permits(at).is_empty()
    });
    for (streak, points) in found {
        let last = course
            .vehicle
            .and_then(|vehicle| vehicle.permits.iter().filter(|permit| permit.from <= streak.from).max_by_key(|permit| permit.until));
        let words = match (course.vehicle, last) {
            (None, _) => "车辆不在运输车辆登记中".to_owned(),
            (_, None) => "车辆已登记，没有列入任何核准".to_owned(),
            (_, Some(permit)) => format!("核准 {} 的期限为 {} 至 {}，当时不在有效期内", permit.number, permit.days.0, permit.days.1),
        };
        into.push(put(Rule::NoPermit, (streak, &points), &course.fixes[points.start], vec![], words, vec![]));
    }
}

fn lid_open(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::LidOpen) else { return };
    let found = streaks(course, setting, |at, _| course.carrying[at] && course.moving(at) && course.fixes[at].lid == Some(Lid::Open));
    for (streak, points) in found {
        let fastest = points.clone().map(|at| course.fixes[at].kmh).fold(0.0, f64::max);
        let more = vec![Number::of(Measure::Speed, fastest)];
        into.push(put(Rule::LidOpen, (streak, &points), &course.fixes[points.start], more, "载货行驶，厢盖开启".to_owned(), vec![]));
    }
}

fn overload(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::Overload) else { return };
    let Some(rated) = course.vehicle.and_then(|vehicle| vehicle.rated_kg) else { return };
    let most = f64::from(rated) * (1.0 + setting.limit / 100.0);
    let kg = |at: usize| course.fixes[at].load_kg.map_or(0.0, f64::from);
    let found = streaks(course, setting, |at, _| course.moving(at) && kg(at) > most);
    for (streak, points) in found {
        let heaviest = points.clone().max_by(|one, other| kg(*one).total_cmp(&kg(*other))).unwrap_or(points.start);
        let more = vec![
            Number::of(Measure::Weight, kg(heaviest)),
            Number::of(Measure::Rated, f64::from(rated)),
            Number::of(Measure::Limit, setting.limit),
        ];
        let words = "车载称重高于核定载质量".to_owned();
        into.push(put(Rule::Overload, (streak, &points), &course.fixes[heaviest], more, words, vec![]));
    }
}

fn speeding(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::Speeding) else { return };
    let found = streaks(course, setting, |at, _| course.fixes[at].kmh > setting.limit);
    for (streak, points) in found {
        let fastest =
            points.clone().max_by(|one, other| course.fixes[*one].kmh.total_cmp(&course.fixes[*other].kmh)).unwrap_or(points.start);
        let more = vec![Number::of(Measure::Speed, course.fixes[fastest].kmh), Number::of(Measure::Limit, setting.limit)];
        into.push(put(Rule::Speeding, (streak, &points), &course.fixes[fastest], more, "按车载终端报送的车速".to_owned(), vec![]));
    }
}

fn black_spot(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::BlackSpot) else { return };
    // What it stood there with when it came it may have left there.
    let found = streaks(course, setting, |at, on| {
        course.in_kind(at, PlaceKind::BlackSpot).is_some() && course.standing(at) && (on || course.carrying[at])
    });
    for (streak, points) in found {
        let spot = course.in_kind(points.start, PlaceKind::BlackSpot);
        let unloaded = course.unloadings.iter().any(|it| points.contains(&it.at));
        let name = spot.map_or("", |spot| course.name(spot));
        let words = if unloaded { format!("在“{name}”停车并卸载") } else { format!("载货在“{name}”停车") };
        into.push(put(Rule::BlackSpot, (streak, &points), &course.fixes[points.start], vec![], words, spot.into_iter().collect()));
    }
}

fn night_stop(course: &Course<'_>, into: &mut Vec<Found>) {
    let Some(setting) = course.rule(Rule::NightStop) else { return };
    let found = streaks(course, setting, |at, _| {
        let known = [PlaceKind::Site, PlaceKind::Disposal, PlaceKind::BlackSpot].iter().any(|kind| course.in_kind(at, *kind).is_some());
        course.carrying[at] && course.standing(at) && !known && course.rules.is_night(course.minute(at))
    });
    for (streak, points) in found {
        let words = "夜间载货停在工地和消纳场所之外".to_owned();
        into.push(put(Rule::NightStop, (streak, &points), &course.fixes[points.start], vec![], words, vec![]));
    }
}
