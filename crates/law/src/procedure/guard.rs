//! A guard (守则): one thing the law or the house demands before a step, with its article and the way out.

use super::{Attempt, Case, Clock};

/// What a guard reads.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// The case alone.
    Case(fn(&Case) -> bool),
    /// The case and what the step is done with.
    Attempt(fn(&Case, &Attempt) -> bool),
}

/// One precondition of a step; it is addressed by its id.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    /// A stable id in kebab case.
    pub id: &'static str,
    /// The article.
    pub article: &'static str,
    /// Why the step is refused, in Chinese.
    pub why: &'static str,
    /// What would make it allowed, in Chinese.
    pub cure: &'static str,
    /// The period whose end opens the way, where waiting is the cure.
    pub clock: Option<Clock>,
    /// Whether the step may be done.
    pub reads: Reads,
}

/// A guard that looks at the content of the step.
pub(super) const fn guard(
    id: &'static str,
    article: &'static str,
    why: &'static str,
    cure: &'static str,
    holds: fn(&Case, &Attempt) -> bool,
) -> Guard {
    Guard { id, article, why, cure, clock: None, reads: Reads::Attempt(holds) }
}

/// A guard that looks at the case alone.
pub(super) const fn standing(
    id: &'static str,
    article: &'static str,
    why: &'static str,
    cure: &'static str,
    holds: fn(&Case) -> bool,
) -> Guard {
    Guard { id, article, why, cure, clock: None, reads: Reads::Case(holds) }
}

impl Guard {
    /// Whether it lets the step be done.
    #[must_use]
    pub fn holds(&self, case: &Case, attempt: &Attempt) -> bool {
        match self.reads {
            Reads::Case(holds) => holds(case),
            Reads::Attempt(holds) => holds(case, attempt),
        }
    }

    /// The same, opened by the end of a period.
    pub(super) const fn until(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }
}
