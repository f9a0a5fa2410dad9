//! A track as all rules need it: loaded or not, unloaded where, in which places, under which permits.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike};
use jt808::{Load, Tipper};
use kernel::clock::shanghai;

use crate::{Fix, Ground, Licensed, Permit, PlaceKind, Rule, RuleSet, Setting};

/// Up to this speed a raised body is unloading, in km/h: it creeps forward while it tips.
const TIPPING_KMH: f64 = 10.0;
/// A load that ends so soon after the body was raised is the same unloading, in seconds.
const SAME_UNLOADING_S: i64 = 600;

/// Where it was unloaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unloading {
    pub at: usize,
    /// Seen by the raised body; otherwise by the load that was gone.
    pub tipped: bool,
}

/// A track with what follows from it for every rule.
pub(crate) struct Course<'a> {
    pub fixes: &'a [Fix],
    pub ground: &'a Ground,
    pub rules: &'a RuleSet,
    pub vehicle: Option<&'a Licensed>,
    /// Of each point, whether it carried something.
    pub carrying: Vec<bool>,
    /// Points at which a load began that was seen to begin.
    pub loadings: Vec<usize>,
    pub unloadings: Vec<Unloading>,
    hits: Vec<u32>,
    /// Where the hits of each point begin; one more for the end of the last.
    starts: Vec<usize>,
}

impl<'a> Course<'a> {
    pub(crate) fn of(fixes: &'a [Fix], key: &str, ground: &'a Ground, rules: &'a RuleSet) -> Self {
        let (mut hits, mut starts, mut found) = (Vec::new(), vec![0], Vec::new());
        for fix in fixes {
            ground.at(fix.lon, fix.lat, &mut found);
            hits.extend_from_slice(&found);
            starts.push(hits.len());
        }
        let vehicle = ground.vehicle(key);
        let mut course =
            Self { fixes, ground, rules, vehicle, carrying: Vec::new(), loadings: Vec::new(), unloadings: Vec::new(), hits, starts };
        course.carry();
        course.tip();
        course
    }

    /// Loaded or empty: what so many points say one after another, from the first of them.
    fn carry(&mut self) {
        let need = usize::from(self.rules.load_points);
        self.carrying = vec![false; self.fixes.len()];
        let (mut known, mut run): (Option<bool>, Vec<usize>) = (None, Vec::new());
        for (at, fix) in self.fixes.iter().enumerate() {
            let says = fix.load.map(|load| load != Load::Empty);
            match says {
                Some(says) if known != Some(says) => {
                    // Before anything is known a run must agree with itself.
                    if known.is_none() && run.last().is_some_and(|last| self.fixes[*last].load.map(|it| it != Load::Empty) != Some(says)) {
                        run.clear();
                    }
                    run.push(at);
                }
                Some(_) => run.clear(),
                None => {}
            }
            if let Some(says) = says
                && run.len() >= need
            {
                let first = run[0];
                match known {
                    Some(false) => self.loadings.push(first),
                    Some(true) => self.unloadings.push(Unloading { at: first, tipped: false }),
                    None => {}
                }
                self.carrying[first..at].fill(says);
                known = Some(says);
                run.clear();
            }
            self.carrying[at] = known == Some(true);
        }
    }

    /// Unloadings by the raised body, in place of the ends of the same loads.
    fn tip(&mut self) {
        let need = usize::from(self.rules.load_points);
        let mut raised = 0;
        let mut tipped: Vec<Unloading> = Vec::new();
        for (at, fix) in self.fixes.iter().enumerate() {
            let tips = fix.tipper == Some(Tipper::Raised) && fix.kmh <= TIPPING_KMH;
            raised = if tips { raised + 1 } else { 0 };
            // The load may be told as gone while the body is still going up.
            let first = (at + 1).saturating_sub(raised);
            if raised == need && (self.carrying[first] || self.unloadings.iter().any(|it| first <= it.at && it.at <= at)) {
                tipped.push(Unloading { at: first, tipped: true });
            }
        }
        let fixes = self.fixes;
        self.unloadings.retain(|it| !tipped.iter().any(|tip| (fixes[it.at].at - fixes[tip.at].at).abs() <= SAME_UNLOADING_S));
        self.unloadings.extend(tipped);
        self.unloadings.sort_by_key(|it| it.at);
    }

    /// How a rule is set, where it is looked for.
    pub(crate) fn rule(&self, rule: Rule) -> Option<Setting> {
        Some(self.rules.of(rule)).filter(|setting| setting.active)
    }

    /// The places that hold a point.
    pub(crate) fn hits(&self, at: usize) -> &[u32] {
        &self.hits[self.starts[at]..self.starts[at + 1]]
    }

    /// The first place of a kind that holds a point.
    pub(crate) fn in_kind(&self, at: usize, kind: PlaceKind) -> Option<u32> {
        self.hits(at).iter().copied().find(|place| self.ground.place(*place).is_some_and(|it| it.kind == kind))
    }

    /// The places of a kind that it was in at all.
    pub(crate) fn visited(&self, kind: PlaceKind) -> BTreeSet<u32> {
        let own = |place: &u32| self.ground.place(*place).is_some_and(|it| it.kind == kind);
        self.hits.iter().copied().filter(own).collect()
    }

    pub(crate) fn moving(&self, at: usize) -> bool {
        self.fixes[at].kmh >= self.rules.moving_kmh
    }

    pub(crate) fn standing(&self, at: usize) -> bool {
        self.fixes[at].kmh <= self.rules.stopped_kmh
    }

    /// The permits in force at a point.
    pub(crate) fn permits(&self, at: usize) -> Vec<&'a Permit> {
        let second = self.fixes[at].at;
        let permits = self.vehicle.map(|vehicle| &vehicle.permits[..]).unwrap_or_default();
        permits.iter().filter(|permit| permit.in_force(second)).collect()
    }

    /// Metres to the nearest of some places, 0 inside one of them, and which that is.
    pub(crate) fn nearest(&self, at: usize, places: &[u32]) -> Option<(f64, u32)> {
        if let Some(inside) = self.hits(at).iter().find(|hit| places.contains(hit)) {
            return Some((0.0, *inside));
        }
        let fix = &self.fixes[at];
        let each = places.iter().filter_map(|place| Some((self.ground.place(*place)?.shape.distance_m(fix.lon, fix.lat), *place)));
        each.min_by(|one, other| one.0.total_cmp(&other.0))
    }

    /// The minute of the day in the city.
    pub(crate) fn minute(&self, at: usize) -> u16 {
        minute_of(self.fixes[at].at).1
    }

    /// What a place is called.
    pub(crate) fn name(&self, place: u32) -> &str {
        self.ground.place(place).map_or("", |place| &place.name)
    }
}

/// The day and the minute of it in the city.
fn minute_of(at: i64) -> (NaiveDate, u16) {
    let local = DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&shanghai());
    (local.date_naive(), u16::try_from(local.num_seconds_from_midnight() / 60).unwrap_or(0))
}

impl Permit {
    /// Whether it is in force at an instant: on its days, and in the night that begins on the last of them.
    #[must_use]
    pub fn in_force(&self, at: i64) -> bool {
        let (day, _) = minute_of(at);
        (self.from..self.until).contains(&at) && ((self.days.0..=self.days.1).contains(&day) || self.over_midnight(at))
    }

    /// Whether a window of its hours is open; a window over midnight belongs to the day it begins on.
    #[must_use]
    pub fn open(&self, at: i64) -> bool {
        let (day, minute) = minute_of(at);
        let within = (self.days.0..=self.days.1).contains(&day);
        self.hours.is_empty() && within
            || self.over_midnight(at)
            || within && self.hours.iter().any(|(from, until)| minute >= *from && (until <= from || minute < *until))
    }

    fn over_midnight(&self, at: i64) -> bool {
        let (day, minute) = minute_of(at);
        let yesterday = day - TimeDelta::days(1);
        (self.days.0..=self.days.1).contains(&yesterday) && self.hours.iter().any(|(from, until)| until <= from && minute < *until)
    }
}
