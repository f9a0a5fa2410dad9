//! What holds for so many of so many points, and ends after a grace (N 取 M 与宽限).

/// Seconds between two points within which they count together, however short the grace: terminals tell every 5 to 60 seconds.
const TOGETHER_S: i64 = 120;

/// A stretch of time in which something held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    /// The first point at which it held, in seconds since 1970.
    pub from: i64,
    /// The last one.
    pub to: i64,
    /// It still holds, as far as points go.
    pub open: bool,
}

impl Streak {
    /// Its length in seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.to - self.from
    }
}

/// Points one after another, and the streaks in them. A streak begins where `need` of the last `of` points hold, at the first of these, and
/// ends at its last point that holds once none has for longer than the grace.
#[derive(Debug, Clone)]
pub struct Streaks {
    need: u32,
    of: u32,
    grace_s: i64,
    /// The newest points, with whether each held.
    recent: std::collections::VecDeque<(i64, bool)>,
    on: Option<Streak>,
}

impl Streaks {
    /// Looks of which nothing holds yet. `need` counts as at least 1 and at most `of`.
    #[must_use]
    pub fn new(need: u32, of: u32, grace_s: i64) -> Self {
        let of = of.max(1);
        Self { need: need.clamp(1, of), of, grace_s, recent: std::collections::VecDeque::with_capacity(of as usize), on: None }
    }

    /// Whether a streak goes on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.on.is_some()
    }

    /// A point; the streak that ended with it. Instants never go back.
    pub fn feed(&mut self, at: i64, holds: bool) -> Option<Streak> {
        let ended = match &mut self.on {
            Some(on) if at - on.to > self.grace_s => {
                self.recent.clear();
                self.on.take().map(|on| Streak { open: false, ..on })
            }
            Some(on) => {
                if holds {
                    on.to = at;
                }
                return None;
            }
            None => None,
        };
        // Points on both sides of a silence do not count together.
        if self.recent.back().is_some_and(|(last, _)| at - last > self.grace_s.max(TOGETHER_S)) {
            self.recent.clear();
        }
        self.recent.push_back((at, holds));
        if self.recent.len() > self.of as usize {
            self.recent.pop_front();
        }
        let held = self.recent.iter().filter(|(_, held)| *held);
        if holds && held.clone().count() >= self.need as usize {
            self.on = held.map(|(at, _)| *at).next().map(|from| Streak { from, to: at, open: true });
            self.recent.clear();
        }
        ended
    }

    /// The streak that goes on at the end of the points.
    #[must_use]
    pub fn finish(self) -> Option<Streak> {
        self.on
    }
}
