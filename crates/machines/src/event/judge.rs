//! What one event changes (研判规则): pure, no IO, the same for every node.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::{Event, Outcome};
use crate::kind::Rules;

/// What is known of one device and kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Watch {
    /// The latest looks, the newest in the lowest bit: 1 where it was seen.
    pub ring: u32,
    /// Looks in a row that did not see it.
    pub absent: i32,
    /// The newest look.
    pub last_at: Option<DateTime<Utc>>,
    /// The sighting that is open.
    pub sighting: Option<Uuid>,
    /// Nothing new before this.
    pub quiet_until: Option<DateTime<Utc>>,
    /// It files nothing by itself: too many of this device and kind were wrong.
    pub paused: bool,
}

/// Judges an event and notes what it changes. `id` is what a sighting would be called.
pub(crate) fn judge(watch: &mut Watch, rules: &Rules, event: &Event, id: impl FnOnce() -> Uuid) -> Outcome {
    if !rules.active {
        return Outcome::Off;
    }
    if event.present && event.confidence < rules.least_confidence {
        return Outcome::Weak;
    }
    // What happened before the newest look cannot change what was concluded from it.
    if watch.last_at.is_some_and(|last| event.at < last) {
        return Outcome::Late;
    }
    watch.last_at = Some(event.at);
    watch.ring = watch.ring << 1 | u32::from(event.present);
    if !event.present {
        watch.absent = watch.absent.saturating_add(1);
        // As many looks that do not see it as it took to believe it.
        if watch.absent >= i32::from(rules.need) && watch.sighting.take().is_some() {
            watch.ring = 0;
            return Outcome::Gone;
        }
        return Outcome::Absent;
    }
    watch.absent = 0;
    if watch.sighting.is_some() {
        return Outcome::Merged;
    }
    if watch.quiet_until.is_some_and(|until| event.at < until) {
        watch.ring = 0;
        return Outcome::Quiet;
    }
    let looks = watch.ring & (u32::MAX >> (32 - u32::from(rules.of.clamp(1, 32))));
    if looks.count_ones() < u32::from(rules.need) {
        return Outcome::Seen;
    }
    watch.ring = 0;
    watch.sighting = Some(id());
    Outcome::Found
}

impl Rules {
    /// Until when nothing new is made of it, from the moment it was refuted or over.
    pub(crate) fn quiet_from(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + Duration::minutes(i64::from(self.quiet_minutes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind;

    fn rules() -> Rules {
        Rules { need: 2, of: 3, ..Rules::of(kind::of(1).unwrap()) }
    }

    fn start() -> DateTime<Utc> {
        "2026-07-06T01:00:00Z".parse().unwrap()
    }

    /// Looks a minute apart: seen or not.
    fn looks(watch: &mut Watch, rules: &Rules, from: i64, seen: &[bool]) -> Vec<Outcome> {
        let event = |minute: i64, present: bool| Event {
            device: "cam-1".into(),
            key: minute.to_string(),
            kind: 1,
            at: start() + Duration::minutes(minute),
            present,
            confidence: 0.9,
            area: None,
            picture: None,
            model: "m/1".into(),
            position: None,
            jurisdiction: "330482".into(),
            simulated: false,
        };
        (from..).zip(seen).map(|(minute, seen)| judge(watch, rules, &event(minute, *seen), Uuid::nil)).collect()
    }

    #[test]
    fn two_of_three_looks_make_one_sighting_and_what_follows_belongs_to_it() {
        let mut watch = Watch::default();
        let found = looks(&mut watch, &rules(), 0, &[true, false, true, true, true]);
        assert_eq!(found, [Outcome::Seen, Outcome::Absent, Outcome::Found, Outcome::Merged, Outcome::Merged]);
        // One of three, again and again, is noise.
        let mut watch = Watch::default();
        let found = looks(&mut watch, &rules(), 0, &[true, false, false, true, false, false, true]);
        assert!(!found.contains(&Outcome::Found), "{found:?}");
    }

    #[test]
    fn gone_is_believed_after_as_many_looks_as_there() {
        let mut watch = Watch::default();
        let found = looks(&mut watch, &rules(), 0, &[true, true, false, true, false, false, true, true]);
        assert_eq!(found[1..6], [Outcome::Found, Outcome::Absent, Outcome::Merged, Outcome::Absent, Outcome::Gone]);
        assert_eq!(found[6..], [Outcome::Seen, Outcome::Found]);
    }

    #[test]
    fn what_is_weak_late_quiet_or_off_makes_nothing() {
        let mut watch = Watch::default();
        let strict = Rules { least_confidence: 0.95, ..rules() };
        assert_eq!(looks(&mut watch, &strict, 0, &[true, true]), [Outcome::Weak, Outcome::Weak]);
        assert_eq!(watch, Watch::default());
        let off = Rules { active: false, ..rules() };
        assert_eq!(looks(&mut watch, &off, 0, &[true]), [Outcome::Off]);
        assert_eq!(looks(&mut watch, &rules(), 9, &[true]), [Outcome::Seen]);
        assert_eq!(looks(&mut watch, &rules(), 3, &[true]), [Outcome::Late]);
        watch.quiet_until = Some(rules().quiet_from(start()));
        assert_eq!(
            looks(&mut watch, &rules(), 28, &[true, true, true, true]),
            [Outcome::Quiet, Outcome::Quiet, Outcome::Seen, Outcome::Found]
        );
    }
}
