//! The table as a whole: what is offered, what is refused and why, and the step itself.

use chrono::NaiveDate;
use kernel::procedure::Refusal;

use super::{Action, Attempt, Case, Clocks, Guard, State, Track, Transition, guard::Reads, phases};

/// Why a step may not be taken now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The reason with its code and article.
    pub refusal: Refusal,
    /// What would make it allowed, in Chinese.
    pub cure: String,
    /// The day from which it is allowed, where waiting is enough and the period runs.
    pub from: Option<NaiveDate>,
}

/// A step that may, or may not, be taken now.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The step.
    pub action: Action,
    /// Who takes it.
    pub actor: super::Actor,
    /// Everything that stands against it; empty where it may be taken.
    pub refused: Vec<Refused>,
}

/// All transitions and guards. The house's own is [`Table::house`]; a test takes one out to see what it is for.
#[derive(Debug, Clone)]
pub struct Table {
    transitions: Vec<&'static Transition>,
    without_guard: Option<&'static str>,
}

impl Table {
    /// The table as it is.
    #[must_use]
    pub fn house() -> Self {
        Self { transitions: phases::ALL.iter().flat_map(|phase| phase.iter()).collect(), without_guard: None }
    }

    /// The same without one guard, for tests.
    #[must_use]
    pub fn without_guard(mut self, id: &'static str) -> Self {
        self.without_guard = Some(id);
        self
    }

    /// The same without one step, for tests.
    #[must_use]
    pub fn without_action(mut self, action: Action) -> Self {
        self.transitions.retain(|transition| transition.action != action);
        self
    }

    /// Its rows.
    #[must_use]
    pub fn transitions(&self) -> &[&'static Transition] {
        &self.transitions
    }

    /// Every guard once, in the order of the rows.
    #[must_use]
    pub fn guards(&self) -> Vec<&'static Guard> {
        let mut found: Vec<&'static Guard> = vec![phases::EVERYWHERE];
        for guard in self.transitions.iter().flat_map(|transition| transition.guards) {
            if !found.iter().any(|other| other.id == guard.id) {
                found.push(guard);
            }
        }
        found
    }

    /// The guards of `transition` that stand against it.
    pub fn against<'a>(
        &'a self,
        transition: &'a Transition,
        case: &'a Case,
        attempt: &'a Attempt,
    ) -> impl Iterator<Item = &'static Guard> + 'a {
        self.guards_of(transition).filter(|guard| !guard.holds(case, attempt))
    }

    /// The row of `action` that starts from where the case stands.
    #[must_use]
    pub fn row(&self, case: &Case, action: Action) -> Option<&'static Transition> {
        self.transitions.iter().copied().find(|transition| transition.action == action && starts(transition, case))
    }

    /// The rows that start from where the case stands.
    #[must_use]
    pub fn rows(&self, case: &Case) -> Vec<&'static Transition> {
        self.transitions.iter().copied().filter(|transition| starts(transition, case)).collect()
    }

    /// Everything that stands against `transition` when it is taken with `attempt`.
    #[must_use]
    pub fn refusals(&self, transition: &Transition, case: &Case, attempt: &Attempt, clocks: &Clocks) -> Vec<Refused> {
        self.against(transition, case, attempt).map(|guard| refused(guard, clocks)).collect()
    }

    /// Whether the case alone stands against `transition`, whatever it is done with.
    pub(crate) fn is_barred(&self, transition: &Transition, case: &Case) -> bool {
        self.guards_of(transition).any(|guard| matches!(guard.reads, Reads::Case(holds) if !holds(case)))
    }

    fn guards_of<'a>(&'a self, transition: &'a Transition) -> impl Iterator<Item = &'static Guard> + 'a {
        let everywhere = phases::by_the_organ(transition.actor) && transition.action != Action::SettleSeizure;
        let all = everywhere.then_some(phases::EVERYWHERE).into_iter().chain(transition.guards.iter().copied());
        all.filter(|guard| self.without_guard != Some(guard.id))
    }

    /// Whether `transition` may be taken with `attempt`.
    #[must_use]
    pub fn allows(&self, transition: &Transition, case: &Case, attempt: &Attempt) -> bool {
        starts(transition, case) && self.against(transition, case, attempt).next().is_none()
    }

    /// What may be done with the case now, and what not and why: every step that exists in this state.
    #[must_use]
    pub fn offers(&self, case: &Case, clocks: &Clocks) -> Vec<Offer> {
        let proper = Attempt::default();
        let here = self.transitions.iter().filter(|transition| starts(transition, case));
        here.map(|transition| {
            let refused = self.against(transition, case, &proper).map(|guard| refused(guard, clocks)).collect();
            Offer { action: transition.action, actor: transition.actor, refused }
        })
        .collect()
    }

    /// The case after `action`.
    ///
    /// # Errors
    /// Everything that stands against it.
    pub fn apply(&self, case: &Case, action: Action, attempt: &Attempt, clocks: &Clocks) -> Result<Case, Vec<Refused>> {
        let rows = || self.transitions.iter().filter(|transition| transition.action == action && transition.tracks.contains(&case.track));
        let Some(transition) = rows().find(|transition| starts(transition, case)) else {
            let from: Vec<State> = rows().flat_map(|transition| transition.from.iter().copied()).collect();
            return Err(vec![elsewhere(case, action, &from, rows().next().map(|row| row.article))]);
        };
        let against: Vec<Refused> = self.against(transition, case, attempt).map(|guard| refused(guard, clocks)).collect();
        if against.is_empty() { Ok(transition.after(case, attempt)) } else { Err(against) }
    }
}

fn starts(transition: &Transition, case: &Case) -> bool {
    transition.from.contains(&case.state) && transition.tracks.contains(&case.track) && (transition.when)(case)
}

fn refused(guard: &'static Guard, clocks: &Clocks) -> Refused {
    let from = guard.clock.and_then(|clock| clocks.opens(clock));
    let cure = match (from, guard.clock) {
        (Some(day), Some(clock)) => format!("{}；{}届满后，自 {day} 起可以办理", guard.cure, clock.label()),
        _ => guard.cure.to_owned(),
    };
    Refused { refusal: Refusal::new(guard.id, guard.why).citing(guard.article), cure, from }
}

/// The step exists, but not here; or not in this procedure at all.
fn elsewhere(case: &Case, action: Action, from: &[State], article: Option<&'static str>) -> Refused {
    let (code, reason, cure) = if from.is_empty() {
        let other = if case.track == Track::Ordinary {
            "该案程序".to_owned()
        } else {
            format!("{}，可先转为普通程序", case.track.label())
        };
        ("not-in-procedure", format!("{}没有“{}”这一环节", case.track.label(), action.label()), format!("本环节不属于{other}"))
    } else if from.contains(&case.state) {
        ("nothing-to-act-on", format!("本案目前没有可供“{}”的事项", action.label()), "待相应事项发生后再办理".to_owned())
    } else {
        let mut names: Vec<&str> = Vec::new();
        for state in from {
            if !names.contains(&state.label()) {
                names.push(state.label());
            }
        }
        (
            "not-in-this-state",
            format!("案件处于“{}”，不能{}", case.state.label(), action.label()),
            format!("案件处于“{}”时可以办理", names.join("”“")),
        )
    };
    let refusal = Refusal::new(code, reason).citing(article.unwrap_or("行政处罚法第四条"));
    Refused { refusal, cure, from: None }
}
