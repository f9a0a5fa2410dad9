//! Inside or outside, without flapping at the border (进出围栏的迟滞).

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is inside since then, in seconds since 1970.
    Entered(i64),
    /// It is outside since then.
    Left(i64),
}

/// Whether a moving thing is inside of a fence. It enters when it is inside, and leaves only when it is further out than the margin; either
/// must hold for a while. What jitters by less than the margin changes nothing back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Presence {
    margin_m: f64,
    hold_s: i64,
    inside: bool,
    other_since: Option<i64>,
}

impl Presence {
    /// Outside, with a margin in metres and a hold in seconds.
    #[must_use]
    pub fn new(margin_m: f64, hold_s: i64) -> Self {
        Self { margin_m, hold_s, inside: false, other_since: None }
    }

    /// Whether it is inside.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.inside
    }

    /// The thing is so many metres outside at an instant, 0 inside. Instants never go back.
    pub fn feed(&mut self, at: i64, distance_m: f64) -> Option<Change> {
        let other = if self.inside { distance_m > self.margin_m } else { distance_m <= 0.0 };
        if !other {
            self.other_since = None;
            return None;
        }
        let since = *self.other_since.get_or_insert(at);
        if at - since < self.hold_s {
            return None;
        }
        self.other_since = None;
        self.inside = !self.inside;
        Some(if self.inside { Change::Entered(since) } else { Change::Left(since) })
    }
}
