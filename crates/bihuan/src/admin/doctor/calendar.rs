//! The calendar of this year and the next.

use std::path::Path;

use chrono::{DateTime, Datelike, Utc};
use kernel::clock::shanghai;

use super::finding::{Check, Finding};

const CALENDAR: Check = Check("calendar", "放假安排");
/// The notice of the State Council's office for a year usually comes in November of the year before: from then on it is missed.
const EXPECTED_FROM: (u32, u32) = (12, 1);

/// Looks at the calendar in force.
pub fn look(data: &Path, now: DateTime<Utc>) -> Finding {
    let calendar = match crate::serve::calendar_in_force(data) {
        Ok(calendar) => calendar,
        Err(error) => return CALENDAR.wrong(format!("{error:#}"), "改正数据目录 calendar/ 里的这份文件；在此之前服务不能启动。"),
    };
    let today = now.with_timezone(&shanghai()).date_naive();
    let (year, next) = (today.year(), today.year() + 1);
    let how = |year| format!("把 {year} 年的通知写成 calendar/{year}.csv 放进数据目录并重启（格式见 data/holidays.csv）。");
    if !calendar.covers(year) {
        return CALENDAR.wrong(format!("没有 {year} 年的放假安排，期限按双休日推算"), how(year));
    }
    if calendar.covers(next) {
        return CALENDAR.well(format!("{year} 年与 {next} 年都已有（{}）", calendar.version()));
    }
    let found = format!("有 {year} 年的，还没有 {next} 年的：跨年的期限暂按双休日推算");
    if (today.month(), today.day()) < EXPECTED_FROM { CALENDAR.notice(found, how(next)) } else { CALENDAR.warning(found, how(next)) }
}
