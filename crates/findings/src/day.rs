//! A day of a vehicle, judged as a whole (按日判定).

use std::{collections::BTreeSet, sync::Arc};

use chrono::NaiveDate;
use fences::Plane;
use geo::{Coord, LineString, Polygon};
use http_api::Answer;
use jt808::VendorTable;

use crate::{
    Findings, Fix, Found, Gap, Ground, Heard, RuleSet, Tracked,
    due::{AFTER_S, BEFORE_S},
    evaluate, gaps, plate_key,
    service::begin,
};

/// Half the side of the cell in which others are listened for, in metres.
const EARSHOT_M: f64 = 500.0;
/// Of a silence so much is listened to, in seconds: others pass by within it or nobody does.
const LISTENED_S: i64 = 1_800;
/// Silences of a day that are asked about; the first ones.
const MOST_GAPS: usize = 20;

/// What a day of a vehicle says.
pub(crate) struct Judged {
    /// With the hours before and after.
    pub fixes: Vec<Fix>,
    pub ground: Arc<Ground>,
    /// What began on the day.
    pub found: Vec<Found>,
    /// Lid, load and weight were read by an inferred table.
    pub provisional: bool,
}

impl Findings {
    /// Judges a day of a vehicle under a rule set. It writes nothing.
    pub(crate) async fn judge_day(&self, tracked: &Tracked, day: NaiveDate, rules: &RuleSet) -> Answer<Judged> {
        let from = begin(day).timestamp();
        let until = from + 86_400;
        let points = self.parts().tracks.between(tracked.vehicle, from - BEFORE_S, until + AFTER_S).await?;
        if points.cut {
            tracing::warn!(vehicle = tracked.vehicle, %day, "a day has more points than are judged; the last ones are not");
        }
        let table = VendorTable::built_in(&tracked.vendor);
        let fixes: Vec<Fix> = points.points.iter().filter_map(|point| Fix::of(point, table.as_ref())).collect();
        let ground = self.ground(day).await?;
        let mut heard = Heard::new();
        for gap in gaps(&fixes, rules).into_iter().filter(|gap| (from..until).contains(&gap.from)).take(MOST_GAPS) {
            heard.insert((gap.from, gap.to), self.others(tracked.vehicle, &gap).await?);
        }
        let mut found = evaluate(&fixes, &plate_key(&tracked.plate, tracked.colour), &ground, rules, &heard);
        found.retain(|it| (from..until).contains(&it.from));
        Ok(Judged { fixes, ground, found, provisional: table.is_some_and(|table| table.provisional) })
    }

    /// How many other vehicles were heard near where one fell silent, while it was.
    async fn others(&self, vehicle: i64, gap: &Gap) -> Answer<u32> {
        let reach = Plane::at(Coord { x: gap.lon, y: gap.lat }).degrees(EARSHOT_M);
        let corner = |east: f64, north: f64| Coord { x: gap.lon + east * reach.x, y: gap.lat + north * reach.y };
        let ring = LineString(vec![corner(-1.0, -1.0), corner(1.0, -1.0), corner(1.0, 1.0), corner(-1.0, 1.0)]);
        let cell = Polygon::new(ring, vec![]);
        let points = self.parts().tracks.within(&cell, gap.from + 1, gap.to.min(gap.from + LISTENED_S)).await?;
        let others: BTreeSet<i64> = points.points.iter().map(|point| point.vehicle).filter(|other| *other != vehicle).collect();
        Ok(u32::try_from(others.len()).unwrap_or(u32::MAX))
    }
}
