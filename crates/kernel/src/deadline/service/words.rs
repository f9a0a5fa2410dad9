//! What a timer says of itself in Chinese.

use chrono::{DateTime, Utc};

use super::{
    limit::ServiceClock,
    steps::duration_words,
    timer::{Timer, TimerPhase},
};
use crate::calendar::Calendar;

impl Timer {
    /// The count in one Chinese sentence, for the deadline's line on the page.
    #[must_use]
    pub fn explanation(&self, calendar: &Calendar, now: DateTime<Utc>) -> String {
        let reading = self.read(calendar, now);
        let mut words = format!("自{}起{}", moment(self.started_at()), self.limit().label());
        if self.extended_minutes() > 0 {
            words += &format!("，延期 {}", duration_words(i64::from(self.extended_minutes()) * 60));
        }
        words += &match (self.clock(), calendar.unit_hours()) {
            (ServiceClock::Continuous, _) => "，连续计时".to_owned(),
            (ServiceClock::Office, None) => "，只计工作日 8:00–12:00、14:00–18:00".to_owned(),
            (ServiceClock::Office, Some(hours)) => format!("，按{}计", hours.name()),
        };
        let pauses = self.stretches.len() - 1 + usize::from(self.phase() == TimerPhase::Paused);
        if pauses > 0 && self.round() == 1 {
            words += &format!("，扣除 {pauses} 次暂停");
        }
        words += &match self.phase() {
            TimerPhase::Running => format!("，{}到期", moment(reading.due_at)),
            TimerPhase::Paused => format!("，已暂停，剩余 {}", duration_words(reading.remaining_seconds.max(0))),
            TimerPhase::Stopped if reading.met == Some(true) => format!("，{}到期，已按时完成", moment(reading.due_at)),
            TimerPhase::Stopped => format!("，{}到期，已超时", moment(reading.due_at)),
        };
        if reading.provisional {
            words += "（涉及尚未公布的放假安排，暂定）";
        }
        words
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&crate::clock::shanghai()).format("%-m月%-d日%H:%M").to_string()
}
