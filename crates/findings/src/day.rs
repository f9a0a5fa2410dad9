//! A day of a vehicle, judged as a whole (按日判定).

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use fences::Plane;
use geo::{Coord, LineString, Polygon};
use http_api::Answer;
use jt808::VendorTable;

use crate::{
    Findings, Fix, Found, Gap, Ground, Heard, Measure, Number, Rule, RuleSet, Tracked,
    due::{AFTER_S, BEFORE_S},
    evaluate, gaps, plate_key,
    service::begin,
};

/// Half the side of the cell in which others are listened for, in metres.
const EARSHOT_M: f64 = 500.0;
/// Of a silence so much is listened to, in seconds: others pass by within it or nobody does.
const LISTENED_S: i64 = 1_800;
/// So often three hours are looked back for where a silence began.
const BACK_STEPS: usize = 8;
/// Silences of a day that are asked about; the first ones.
const MOST_GAPS: usize = 20;

/// What a day of a vehicle says.
pub(crate) struct Judged {
    /// With the hours before and after.
    pub fixes: Vec<Fix>,
    pub ground: Arc<Ground>,
    /// What began on the day.
    pub found: Vec<Found>,
    /// What was under way when it began: whole, and from midnight on. It counts where the day before has none of it, because other permits or
    /// rules held then, or because the silence was longer than that day looks ahead.
    pub carried: Vec<(Found, Found)>,
    /// Lid, load and weight were read by an inferred table.
    pub provisional: bool,
}

impl Findings {
    /// Judges a day of a vehicle under a rule set. It writes nothing.
    pub(crate) async fn judge_day(&self, tracked: &Tracked, day: NaiveDate, rules: &RuleSet) -> Answer<Judged> {
        let from = begin(day).timestamp();
        let until = from + 86_400;
        let points = self.parts().tracks.settled(tracked.vehicle, from - BEFORE_S, until + AFTER_S).await?;
        if points.cut {
            tracing::warn!(vehicle = tracked.vehicle, %day, "a day has more points than are judged; the last ones are not");
        }
        let table = VendorTable::built_in(&tracked.vendor);
        let mut fixes: Vec<Fix> = points.points.iter().filter_map(|point| Fix::of(point, table.as_ref())).collect();
        let silent = i64::from(rules.of(Rule::Dark).dwell_s);
        if fixes.first().is_some_and(|first| first.at >= from - BEFORE_S + silent) {
            fixes.splice(..0, self.last_before(tracked.vehicle, day, table.as_ref()).await?);
        }
        let ground = self.ground(day).await?;
        let mut heard = Heard::new();
        for gap in gaps(&fixes, rules).into_iter().filter(|gap| gap.from < until && gap.to >= from).take(MOST_GAPS) {
            heard.insert((gap.from, gap.to), self.others(tracked.vehicle, &gap).await?);
        }
        let mut found = evaluate(&fixes, &plate_key(&tracked.plate, tracked.colour), &ground, rules, &heard);
        let carried = found.iter().filter_map(|it| Some((it.clone(), clipped(it, from, rules)?))).collect();
        found.retain(|it| (from..until).contains(&it.from));
        Ok(Judged { fixes, ground, found, carried, provisional: table.is_some_and(|table| table.provisional) })
    }

    /// The last fix of a vehicle before what its day is judged with, up to a day back: where its silence began.
    async fn last_before(&self, vehicle: i64, day: NaiveDate, table: Option<&VendorTable>) -> Answer<Option<Fix>> {
        let key = (vehicle, day);
        if let Some(known) = self.memory().before.known(&key) {
            return Ok(known);
        }
        let (mut to, mut last) = (begin(day).timestamp() - BEFORE_S, None);
        for _ in 0..BACK_STEPS {
            let points = self.parts().tracks.settled(vehicle, to - BEFORE_S, to).await?;
            last = points.points.iter().rev().find_map(|point| Fix::of(point, table));
            if last.is_some() {
                break;
            }
            to -= BEFORE_S;
        }
        self.memory().before.keep(key, last);
        Ok(last)
    }

    /// How many other vehicles were heard near where one fell silent, while it was.
    async fn others(&self, vehicle: i64, gap: &Gap) -> Answer<u32> {
        let key = (vehicle, gap.from, gap.to);
        if let Some(known) = self.memory().others.known(&key) {
            return Ok(known);
        }
        let reach = Plane::at(Coord { x: gap.lon, y: gap.lat }).degrees(EARSHOT_M);
        let corner = |east: f64, north: f64| Coord { x: gap.lon + east * reach.x, y: gap.lat + north * reach.y };
        let ring = LineString(vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]);
        let cell = Polygon::new(ring, vec![]);
        let points = self.parts().tracks.within(&cell, gap.from + 1, gap.to.min(gap.from + LISTENED_S)).await?;
        let others: BTreeSet<i64> = points.points.iter().map(|point| point.vehicle).filter(|other| *other != vehicle).collect();
        let others = u32::try_from(others.len()).unwrap_or(u32::MAX);
        self.memory().others.keep(key, others);
        Ok(others)
    }
}

/// The part of an episode after midnight, where it was under way then and that part lasts long enough by itself. A silence stays whole: it is
/// one from when it began.
fn clipped(found: &Found, midnight: i64, rules: &RuleSet) -> Option<Found> {
    if found.from >= midnight || found.to <= midnight || found.rule == Rule::Tampered {
        return None;
    }
    if found.rule == Rule::Dark {
        return Some(found.clone());
    }
    let lasted = found.to - midnight;
    if lasted < i64::from(rules.of(found.rule).dwell_s) {
        return None;
    }
    let mut part = Found { from: midnight, words: format!("{}（自当日零点起算）", found.words), ..found.clone() };
    for number in part.numbers.iter_mut().filter(|number| number.measure == Measure::Seconds) {
        *number = Number::of(Measure::Seconds, lasted as f64);
    }
    Some(part)
}
