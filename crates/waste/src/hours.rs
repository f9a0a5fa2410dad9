//! Windows of the day (运输时段), which may go over midnight. Pure.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use kernel::{clock::shanghai, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words::wrong;

/// Windows of a permit at most.
pub(crate) const MOST: usize = 6;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A window of the day as it is written (时段).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteHours {
    /// `HH:MM` in the city.
    pub from: String,
    /// `HH:MM` in the city, up to `24:00`; before `from` it is the next day's.
    pub until: String,
}

/// A window of the day in minutes after midnight in the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From, 0 to 1439.
    pub from: u16,
    /// Until, 1 to 1440; not after `from` it is the next day's.
    pub until: u16,
}

/// The windows of a permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(pub Vec<Window>);

impl Window {
    const fn over_midnight(self) -> bool {
        self.until <= self.from
    }

    /// The stretches of one day that it takes, each from a minute to a minute.
    fn stretches(self) -> Vec<(u16, u16)> {
        if self.over_midnight() { vec![(self.from, DAY), (0, self.until)] } else { vec![(self.from, self.until)] }
    }
}

fn minutes(field: &'static str, text: &str) -> Result<u16, Problem> {
    if text.trim() == "24:00" {
        return Ok(DAY);
    }
    let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| wrong(field, "时间应为 19:00 这样的写法"))?;
    Ok(u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or(0))
}

fn said(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

impl Hours {
    /// The windows as they were written, in their order.
    ///
    /// # Errors
    /// No window, more than six, one that is empty, two that overlap.
    pub(crate) fn parse(given: &[WasteHours]) -> Result<Self, Problem> {
        if given.is_empty() || given.len() > MOST {
            return Err(wrong("hours", format!("请填写 1 至 {MOST} 个运输时段")));
        }
        let mut windows = Vec::with_capacity(given.len());
        for one in given {
            let window = Window { from: minutes("hours", &one.from)?, until: minutes("hours", &one.until)? };
            if window.from == window.until || window.from == DAY || window.until == 0 {
                return Err(wrong("hours", "时段的起止不能相同；到半夜十二点的写 24:00"));
            }
            windows.push(window);
        }
        windows.sort_unstable_by_key(|window| window.from);
        let mut stretches: Vec<(u16, u16)> = windows.iter().flat_map(|window| window.stretches()).collect();
        stretches.sort_unstable();
        if stretches.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(wrong("hours", "运输时段有重叠，请核对"));
        }
        Ok(Self(windows))
    }

    /// As people write them.
    pub(crate) fn written(&self) -> Vec<WasteHours> {
        self.0.iter().map(|it| WasteHours { from: said(it.from), until: said(it.until) }).collect()
    }

    /// Whether some window is open at an instant on its working days: those from `first` to `last`, of which a window that goes over midnight
    /// belongs to the one it begins on.
    #[must_use]
    pub fn open_at(&self, at: DateTime<Utc>, first: NaiveDate, last: NaiveDate) -> bool {
        let local = at.with_timezone(&shanghai());
        let (day, minute) = (local.date_naive(), u16::try_from(local.num_seconds_from_midnight() / 60).unwrap_or(0));
        let within = |day: NaiveDate| (first..=last).contains(&day);
        self.0.iter().any(|window| {
            if window.over_midnight() {
                (minute >= window.from && within(day)) || (minute < window.until && within(day - TimeDelta::days(1)))
            } else {
                (window.from..window.until).contains(&minute) && within(day)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn hours(list: &[(&str, &str)]) -> Result<Hours, Problem> {
        Hours::parse(&list.iter().map(|(from, until)| WasteHours { from: (*from).into(), until: (*until).into() }).collect::<Vec<_>>())
    }

    /// An instant of November 2026 in the city.
    fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        shanghai().with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap().to_utc()
    }

    #[test]
    fn a_night_belongs_to_the_day_it_begins_on() {
        let night = hours(&[("19:00", "05:00")]).unwrap();
        let (first, last) = (NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(), NaiveDate::from_ymd_opt(2026, 11, 3).unwrap());
        let open = |day, hour, minute| night.open_at(at(day, hour, minute), first, last);
        assert!(!open(2, 4, 59), "the night before the first day is not permitted");
        assert!(!open(2, 18, 59));
        assert!(open(2, 19, 0) && open(3, 0, 0) && open(3, 4, 59));
        assert!(!open(3, 5, 0));
        assert!(open(4, 4, 59), "the last day's night ends on the next morning");
        assert!(!open(4, 19, 0));
    }

    #[test]
    fn a_window_of_one_day_stays_in_it() {
        let day = hours(&[("09:00", "11:00"), ("13:30", "24:00")]).unwrap();
        let only = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        assert!(day.open_at(at(2, 9, 0), only, only) && day.open_at(at(2, 23, 59), only, only));
        assert!(!day.open_at(at(2, 11, 0), only, only) && !day.open_at(at(3, 0, 0), only, only) && !day.open_at(at(3, 9, 0), only, only));
    }

    #[test]
    fn windows_that_overlap_or_are_empty_are_refused() {
        for wrong in [&[("19:00", "05:00"), ("04:00", "06:00")][..], &[("09:00", "09:00")], &[("9", "10:00")], &[], &[("24:00", "05:00")]] {
            assert!(hours(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(hours(&[("19:00", "05:00"), ("05:00", "06:00")]).unwrap().written()[1].from, "19:00");
    }
}
