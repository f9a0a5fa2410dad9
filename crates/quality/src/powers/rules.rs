//! When a power is proposed for withdrawal (建议收回). Pure. No law names such limits: the caller chooses them, the page shows them.

use chrono::{DateTime, Months, Utc};

use crate::PowerUsed;

/// What is asked of a power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Not used for so many months.
    pub unused_months: u32,
    /// So many decisions were overturned.
    pub overturned: i64,
}

/// Why a power is proposed for withdrawal; nothing where it is not.
pub(crate) fn reasons(used: &PowerUsed, since: DateTime<Utc>, now: DateTime<Utc>, limits: Limits) -> Vec<String> {
    let mut found = Vec::new();
    let edge = now.checked_sub_months(Months::new(limits.unused_months)).unwrap_or(since);
    // A power that is younger than the stretch was not left unused for it.
    if since <= edge && used.last_at.is_none_or(|last| last < edge) {
        found.push(format!("连续 {} 个月没有立案", limits.unused_months));
    }
    if used.overturned >= limits.overturned {
        found.push(format!("被复议、诉讼撤销或者变更 {} 件", used.overturned));
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn a_power_is_unused_when_it_stood_for_the_months_and_nothing_was_opened_in_them() {
        let at = |month, day| Utc.with_ymd_and_hms(2026, month, day, 0, 0, 0).unwrap();
        let limits = Limits { unused_months: 6, overturned: 1 };
        let used = |last_at, overturned| PowerUsed {
            matter: String::new(),
            township: String::new(),
            before: 0,
            opened: 0,
            decided: 0,
            overturned,
            last_at,
        };
        let now = at(11, 1);
        assert_eq!(reasons(&used(None, 0), at(5, 1), now, limits), ["连续 6 个月没有立案"]);
        assert!(reasons(&used(None, 0), at(5, 2), now, limits).is_empty(), "it is too young");
        assert!(reasons(&used(Some(at(5, 1)), 0), at(1, 1), now, limits).is_empty(), "the first day of the stretch counts");
        assert_eq!(reasons(&used(Some(at(4, 30)), 1), at(1, 1), now, limits).len(), 2);
    }
}
