//! A limit of a lead as people read it.

use chrono::{DateTime, Utc};
use docket::{DeadlineRow, DeadlineState};
use kernel::{
    deadline::service::{ServiceClock, duration_words},
    light::Light,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Leads, lead::Limit};

/// A limit that runs or ran.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Deadline {
    /// Its code.
    id: String,
    /// What it is for.
    name: String,
    /// 1 for the first, one more for every restart.
    round: i32,
    /// When it began.
    started_at: DateTime<Utc>,
    /// When it ends; unknown while it stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    /// `running`, `paused`, `met`, `missed`, `cancelled`.
    state: String,
    /// Its light.
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// How it is counted, in Chinese.
    explanation: String,
}

/// A limit as it stands by `now`, with how it is counted.
pub(super) fn show_deadline(leads: &Leads, row: &DeadlineRow, now: DateTime<Utc>) -> Deadline {
    let calendars = leads.calendars();
    let running = row.state == DeadlineState::Running.code();
    let timer = calendars.timer_of(row);
    let reading = timer.as_ref().map(|timer| timer.read(calendars.of_timer(timer), now));
    let explanation = timer.zip(reading).map_or_else(String::new, |(timer, reading)| {
        let extended = match timer.extended_minutes() {
            0 => String::new(),
            minutes => format!("，已延期 {}", duration_words(i64::from(minutes) * 60)),
        };
        let kept = match timer.kept_seconds() {
            ..60 => String::new(),
            seconds => format!("，按已告知的到期时间多计 {}", duration_words(seconds)),
        };
        // What was told decides; the clock may go on to the next hour that counts.
        let seconds = reading.remaining_seconds;
        let over = row.due_at.filter(|_| running).map_or(seconds < 0, |due| due <= now);
        let left = if over {
            format!("已超时 {}", duration_words((-seconds).max(0)))
        } else {
            format!("剩余 {}", duration_words(seconds.max(0)))
        };
        let provisional = if reading.provisional { "；所涉年度放假安排尚未公布，为暂定" } else { "" };
        let office = timer.limit().unit().clock() == ServiceClock::Office;
        let hours = calendars.of_timer(&timer).unit_hours().filter(|_| office);
        let hours = hours.map_or_else(String::new, |hours| format!("；按{}计", hours.name()));
        let (limit, warn) = (timer.limit().label(), timer.warn_point().words());
        format!("限 {limit}{extended}{kept}；已用 {}，{left}；{warn}{hours}{provisional}", duration_words(reading.spent_seconds))
    });
    Deadline {
        id: row.name.clone(),
        name: row.name.parse::<Limit>().map_or_else(|()| row.name.clone(), |limit| format!("{}时限", limit.label())),
        round: row.round,
        started_at: row.started_at,
        due_at: row.due_at,
        state: row.state.clone(),
        light: row.due_at.filter(|_| running).map(|due| Light::at(now, row.warn_at.unwrap_or(due), due)),
        explanation,
    }
}
