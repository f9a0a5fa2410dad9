//! The way of a service limit day by day, in Chinese.

use chrono::{DateTime, Utc};

use super::{
    limit::{ServiceClock, ServiceLimit},
    working_time::{elapsed, instant, local},
};
use crate::{calendar::Calendar, deadline::Step};

/// Each day from `from` to the due time of `limit`, with what was counted on it and why.
#[must_use]
pub fn steps(calendar: &Calendar, from: DateTime<Utc>, limit: ServiceLimit) -> Vec<Step> {
    let clock = limit.unit().clock();
    let due = super::due(calendar, from, limit);
    let (first, last) = (local(from).0, local(due).0);
    let mut total = 0;
    first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let (start, end) = (from.max(instant(date, 0)), due.min(instant(date, 24 * 3600)));
            let seconds = elapsed(calendar, limit.unit(), start, end);
            total += seconds;
            let day = calendar.day(date);
            let text = match clock {
                ServiceClock::Continuous => {
                    format!("{date} 连续计时 {}，累计 {}", duration_words(seconds), duration_words(total))
                }
                ServiceClock::Office if !calendar.has_hours(date) => format!("{date} {}，不计", day.label()),
                ServiceClock::Office if seconds == 0 => format!("{date} {}，已过工作时间，不计", day.label()),
                ServiceClock::Office => {
                    format!("{date} {}，计 {}，累计 {}", day.label(), duration_words(seconds), duration_words(total))
                }
            };
            let provisional = clock == ServiceClock::Office && day.provisional;
            Step { date, counted: seconds > 0, number: None, seconds: Some(seconds), provisional, text }
        })
        .collect()
}

/// Seconds as a person says them: "3 小时 30 分".
#[must_use]
pub fn duration_words(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut words = Vec::with_capacity(3);
    if hours > 0 {
        words.push(format!("{hours} 小时"));
    }
    if minutes > 0 {
        words.push(format!("{minutes} 分"));
    }
    if rest > 0 || words.is_empty() {
        words.push(format!("{rest} 秒"));
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_holiday_is_named_and_not_counted() {
        let from = "2026-09-30T17:00:00+08:00".parse::<DateTime<Utc>>().unwrap();
        let steps = steps(&Calendar::shipped(), from, "4 working_hour".parse().unwrap());
        let texts: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
        assert_eq!(texts[0], "2026-09-30 周三 工作日，计 1 小时，累计 1 小时");
        assert_eq!(texts[1], "2026-10-01 国庆节 放假，不计");
        assert_eq!(*texts.last().unwrap(), "2026-10-08 周四 工作日，计 3 小时，累计 4 小时");
        assert_eq!(steps.len(), 9);
    }
}
