//! Rules about places: unloaded where it may not, left a site unwashed.

use fences::{Change, Presence};

use super::{Course, Found, Measure, Number};
use crate::{PlaceKind, Rule, Setting};

pub(super) fn look(course: &Course<'_>) -> Vec<Found> {
    let mut found = wrong_destination(course);
    if let Some(setting) = course.rule(Rule::Unwashed) {
        for site in course.visited(PlaceKind::Site) {
            unwashed(course, setting, site, &mut found);
        }
    }
    found
}

fn wrong_destination(course: &Course<'_>) -> Vec<Found> {
    let Some(setting) = course.rule(Rule::WrongDestination) else { return Vec::new() };
    let mut found = Vec::new();
    for unloading in &course.unloadings {
        // Put down again where it was taken up.
        if course.in_kind(unloading.at, PlaceKind::Site).is_some() {
            continue;
        }
        let permits = course.permits(unloading.at);
        let mut may: Vec<u32> = permits.iter().flat_map(|permit| &permit.disposals).filter_map(|id| course.ground.find(id)).collect();
        // Without a permit in force every disposal site counts: that it has none is a rule of its own.
        if permits.is_empty() {
            may = course.ground.of_kind(PlaceKind::Disposal).collect();
        }
        let nearest = course.nearest(unloading.at, &may);
        if nearest.is_some_and(|(metres, _)| metres <= setting.limit) {
            continue;
        }
        let fix = &course.fixes[unloading.at];
        let how = if unloading.tipped { "车厢举升" } else { "载货状态由重变空" };
        let elsewhere = course.in_kind(unloading.at, PlaceKind::Disposal).or(course.in_kind(unloading.at, PlaceKind::BlackSpot));
        let words = match (elsewhere, nearest) {
            (Some(place), _) => format!("{how}，地点为“{}”，不在本车核准的消纳场所之列", course.name(place)),
            (None, Some((_, place))) => format!("{how}，最近的核准场所为“{}”", course.name(place)),
            (None, None) => format!("{how}，登记中没有可用的消纳场所"),
        };
        let mut numbers = vec![Number::of(Measure::Limit, setting.limit)];
        numbers.extend(nearest.map(|(metres, _)| Number::of(Measure::Away, metres)));
        let places = elsewhere.into_iter().chain(nearest.map(|(_, place)| place)).collect();
        found.push(Found {
            rule: Rule::WrongDestination,
            from: fix.at,
            to: fix.at,
            open: false,
            lon: fix.lon,
            lat: fix.lat,
            numbers,
            words,
            places,
        });
    }
    found
}

/// Visits of one site, from entering to leaving. A visit whose loading was not seen, because the track began inside, says nothing: it may have
/// been washed before.
fn unwashed(course: &Course<'_>, setting: Setting, site: u32, into: &mut Vec<Found>) {
    let Some(place) = course.ground.place(site) else { return };
    let bays: Vec<u32> = course
        .ground
        .of_kind(PlaceKind::WashBay)
        .filter(|bay| course.ground.place(*bay).is_some_and(|bay| bay.of.as_deref() == Some(&place.id)))
        .collect();
    if bays.is_empty() {
        return;
    }
    let mut presence = Presence::new(setting.limit, 0);
    let mut entered = None;
    for (at, fix) in course.fixes.iter().enumerate() {
        let inside = course.hits(at).contains(&site);
        // Far from it only whether it left matters: the way to the border is counted near it alone.
        let metres = if inside {
            0.0
        } else if presence.is_inside() {
            place.shape.distance_m(fix.lon, fix.lat)
        } else {
            f64::INFINITY
        };
        match presence.feed(fix.at, metres) {
            Some(Change::Entered(_)) => entered = (at > 0).then_some(at),
            Some(Change::Left(_)) if course.carrying[at] => {
                let loaded = course.loadings.iter().rev().find(|loading| **loading <= at && course.hits(**loading).contains(&site));
                let Some(from) = loaded.copied().max(entered) else { continue };
                let washed = washed_s(course, &bays, from, at, setting.grace_s.into());
                if washed >= i64::from(setting.dwell_s) {
                    continue;
                }
                let numbers = vec![Number::of(Measure::Washed, washed as f64), Number::of(Measure::Limit, setting.dwell_s.into())];
                let words = format!("载货驶出“{}”，未在冲洗台停够时间", place.name);
                let places = std::iter::once(site).chain(bays.iter().copied()).collect();
                into.push(Found {
                    rule: Rule::Unwashed,
                    from: fix.at,
                    to: fix.at,
                    open: false,
                    lon: fix.lon,
                    lat: fix.lat,
                    numbers,
                    words,
                    places,
                });
            }
            _ => {}
        }
    }
}

/// Seconds on a wash bay between two points; a pause no longer than the grace counts.
fn washed_s(course: &Course<'_>, bays: &[u32], from: usize, to: usize, grace_s: i64) -> i64 {
    let on = (from..=to).filter(|at| course.hits(*at).iter().any(|hit| bays.contains(hit)));
    let (mut washed, mut last) = (0, None);
    for at in on {
        let second = course.fixes[at].at;
        if let Some(last) = last
            && second - last <= grace_s.max(60)
        {
            washed += second - last;
        }
        last = Some(second);
    }
    washed
}
