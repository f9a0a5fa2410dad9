//! A row of the table: a step, where it starts and leads, who takes it, and what it needs.

use super::{Action, Ask, Attempt, Case, Guard, State, Track};

named! {
    /// Who takes a step (实施者).
    Actor {
        /// Two or more officers with certificates.
        Officers = "officers", "执法人员（两人以上，持证）";
        /// The head of the organ, who is not the handler.
        Head = "head", "机关负责人（非承办人）";
        /// The heads together.
        Heads = "heads", "机关负责人集体";
        /// The legal reviewer.
        Reviewer = "reviewer", "法制审核人员";
        /// The host of the hearing, who did not investigate.
        Host = "host", "听证主持人（非本案调查人员）";
        /// The technician.
        Technician = "technician", "技术审核人员";
        /// A clerk of the organ.
        Clerk = "clerk", "经办人员";
        /// The party.
        Party = "party", "当事人";
        /// The police.
        Police = "police", "公安机关";
        /// The court or the body of review.
        Court = "court", "人民法院或者复议机关";
        /// Another organ.
        Other = "other", "其他机关";
        /// Time that passes.
        Time = "time", "期限届满";
    }
}

/// One row of the table (办案环节).
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// The step.
    pub action: Action,
    /// The tracks that have it.
    pub tracks: &'static [Track],
    /// The states it starts from.
    pub from: &'static [State],
    /// The state it leads to; none where the state stays or the effect sets it.
    pub to: Option<State>,
    /// Who takes it.
    pub actor: Actor,
    /// The article.
    pub article: &'static str,
    /// What must be so.
    pub guards: &'static [&'static Guard],
    /// What its content is looked at for.
    pub asks: &'static [Ask],
    /// The documents it makes, by the codes of the house's list.
    pub documents: &'static [&'static str],
    /// The periods it starts or keeps, by rule.
    pub deadlines: &'static [&'static str],
    /// Offered only where this holds: what the step is about exists at all.
    pub when: fn(&Case) -> bool,
    /// What it changes beside the state.
    pub effect: fn(&mut Case, &Attempt),
}

/// A row that does nothing but lead on.
pub(super) const fn step(
    action: Action,
    tracks: &'static [Track],
    from: &'static [State],
    actor: Actor,
    article: &'static str,
) -> Transition {
    Transition {
        action,
        tracks,
        from,
        to: None,
        actor,
        article,
        guards: &[],
        asks: &[],
        documents: &[],
        deadlines: &[],
        when: |_| true,
        effect: |_, _| {},
    }
}

impl Transition {
    pub(super) const fn to(mut self, state: State) -> Self {
        self.to = Some(state);
        self
    }

    pub(super) const fn guards(mut self, guards: &'static [&'static Guard]) -> Self {
        self.guards = guards;
        self
    }

    pub(super) const fn asks(mut self, asks: &'static [Ask]) -> Self {
        self.asks = asks;
        self
    }

    pub(super) const fn papers(mut self, documents: &'static [&'static str]) -> Self {
        self.documents = documents;
        self
    }

    pub(super) const fn within(mut self, deadlines: &'static [&'static str]) -> Self {
        self.deadlines = deadlines;
        self
    }

    pub(super) const fn when(mut self, when: fn(&Case) -> bool) -> Self {
        self.when = when;
        self
    }

    pub(super) const fn effect(mut self, effect: fn(&mut Case, &Attempt)) -> Self {
        self.effect = effect;
        self
    }

    /// The case after this step, whatever its guards say.
    #[must_use]
    pub fn after(&self, case: &Case, attempt: &Attempt) -> Case {
        let mut next = *case;
        if let Some(state) = self.to {
            next.state = state;
        }
        (self.effect)(&mut next, attempt);
        next
    }
}
