//! Who meets whom too often (结对分析): the rule of [`crate::rule::pairing`] over the last ninety days, shown on demand and put before people
//! once a day.

pub(crate) mod list;
mod look;
pub(crate) mod store;

use chrono::Timelike;
use kernel::clock::shanghai;

use crate::rule::pairing::{Marks, Meeting, Part};
use store::MetRow;

/// Leads that are looked at; the newest where there are more.
const MOST: i64 = 100_000;

/// The meetings that a lead brought about: each who took part with the unit, and with the person who fixed.
fn meetings(rows: &[MetRow]) -> Vec<Meeting> {
    let mut made = Vec::with_capacity(rows.len() * 4);
    for row in rows {
        let marks = Marks { quick: row.quick, photo: row.photo, away: row.away, rechecked: row.rechecked, overturned: row.overturned };
        for (part, one, at) in [
            (Part::Reported, row.reporter, Some(row.reported_at)),
            (Part::Verified, row.verifier, row.verified_at),
            (Part::Checked, row.checker, row.checked_at),
        ] {
            let Some((one, at)) = one.zip(at) else { continue };
            let at = at.with_timezone(&shanghai());
            for (other, of_person) in [(row.unit, false), (row.fixer, true)] {
                let Some(other) = other.filter(|other| *other != one) else { continue };
                made.push(Meeting {
                    lead: row.docket_id,
                    part,
                    one,
                    other,
                    of_person,
                    grid: row.jurisdiction.clone(),
                    class: row.class_code.clone().unwrap_or_default(),
                    day: at.date_naive(),
                    morning: at.hour() < 12,
                    marks,
                });
            }
        }
    }
    made
}
