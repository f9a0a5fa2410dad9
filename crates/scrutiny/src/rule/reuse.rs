//! Photos that were used before (照片复用), and photos that are older than the work they are to show (照片过早).

use chrono::{DateTime, TimeDelta, Utc};

use super::Strength;

/// Which version of the rule of reuse.
pub(crate) const REUSE: &str = "photo-reuse/1";
/// Which version of the rule of time.
pub(crate) const TIME: &str = "photo-time/1";

/// Up to so many of 64 bits of the picture hash the same picture is as good as sure; up to [`files::SAME_PICTURE`] it is likely. In
/// `crates/files/tests/it/likeness.rs` copies that were resized, brightened and encoded anew lie within seven bits, and other pictures
/// without.
const SURE_BITS: u32 = 3;
/// A camera's clock may be so wrong, and its offset misread.
const CLOCK_ERROR: TimeDelta = TimeDelta::hours(2);
/// Taken so long before anybody had reported the problem, it does not show how the problem was solved.
const LONG_BEFORE: TimeDelta = TimeDelta::hours(24);

/// How sure it is that two pictures that differ in so many bits are one.
pub(crate) fn same_picture(bits: u32) -> Option<Strength> {
    match bits {
        0..=SURE_BITS => Some(Strength::Strong),
        _ if bits <= files::SAME_PICTURE => Some(Strength::Weak),
        _ => None,
    }
}

/// Whether a photo that came with an answer was taken before the round began in which it was answered. The camera's clock is a claim.
pub(crate) fn taken_early(taken: DateTime<Utc>, begun: DateTime<Utc>, reported: DateTime<Utc>) -> Option<Strength> {
    if taken < reported - LONG_BEFORE {
        Some(Strength::Strong)
    } else if taken < begun - CLOCK_ERROR {
        Some(Strength::Weak)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn the_nearer_the_surer() {
        assert_eq!(
            [0, 3, 4, 7, 8].map(same_picture),
            [Some(Strength::Strong), Some(Strength::Strong), Some(Strength::Weak), Some(Strength::Weak), None]
        );
    }

    #[test]
    fn a_photo_older_than_its_problem_is_worse_than_one_older_than_its_round() {
        let reported = Utc.with_ymd_and_hms(2026, 11, 2, 1, 0, 0).unwrap();
        let begun = reported + TimeDelta::hours(5);
        let strength = |hours: i64| taken_early(reported + TimeDelta::hours(hours), begun, reported);
        assert_eq!([6, 4, 2, -23, -25].map(strength), [None, None, Some(Strength::Weak), Some(Strength::Weak), Some(Strength::Strong)]);
    }
}
