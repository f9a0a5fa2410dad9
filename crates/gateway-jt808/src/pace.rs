//! How fast one connection may send (速率限制): too many messages end it, too many positions make it wait.

use std::time::Duration;

use tokio::time::Instant;

use crate::Limits;

/// What may come at once, in seconds of the rates.
const BURST: f64 = 10.0;

/// What one connection may still send.
#[derive(Debug)]
pub(crate) struct Pace {
    messages_a_second: f64,
    positions_a_second: f64,
    /// Messages that it may send at once.
    allowance: f64,
    counted_at: Instant,
    /// Until when the positions that came are paid for; it may lie ahead by the burst.
    paid_until: Instant,
}

impl Pace {
    pub(crate) fn new(limits: &Limits, now: Instant) -> Self {
        let messages_a_second = f64::from(limits.messages_a_second);
        Self {
            messages_a_second,
            positions_a_second: f64::from(limits.positions_a_second.max(1)),
            allowance: messages_a_second * BURST,
            counted_at: now,
            paid_until: now,
        }
    }

    /// Whether so many messages more are put up with.
    pub(crate) fn allows(&mut self, messages: usize, now: Instant) -> bool {
        let since = now.saturating_duration_since(self.counted_at).as_secs_f64();
        self.counted_at = now;
        self.allowance = (self.allowance + since * self.messages_a_second).min(self.messages_a_second * BURST) - messages as f64;
        self.allowance >= 0.0
    }

    /// Counts positions, of which one message may bring thousands.
    pub(crate) fn charge(&mut self, positions: usize, now: Instant) {
        self.paid_until = self.paid_until.max(now) + Duration::from_secs_f64(positions as f64 / self.positions_a_second);
    }

    /// Until when nothing more is to be read.
    pub(crate) fn rests_until(&self, now: Instant) -> Option<Instant> {
        let until = self.paid_until.checked_sub(Duration::from_secs_f64(BURST))?;
        (until > now).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_beyond_the_burst_are_waited_for_and_messages_beyond_it_are_not() {
        let limits = Limits { messages_a_second: 10, positions_a_second: 10, ..Limits::default() };
        let now = Instant::now();
        let mut pace = Pace::new(&limits, now);
        pace.charge(100, now);
        assert_eq!(pace.rests_until(now), None, "ten seconds' worth at once");
        pace.charge(50, now);
        assert_eq!(pace.rests_until(now), Some(now + Duration::from_secs(5)));
        assert_eq!(pace.rests_until(now + Duration::from_secs(5)), None, "then it is read on");
        assert!(pace.allows(100, now) && !pace.allows(1, now));
    }
}
