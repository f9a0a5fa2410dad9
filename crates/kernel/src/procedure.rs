//! What every procedure (办理流程) is: a pure state machine that explains its refusals.

use serde::Serialize;

/// Why something may not be done now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A stable code in kebab case.
    pub code: &'static str,
    /// The reason and the way out, in Chinese.
    pub reason: String,
    /// The article, standard clause or house rule that refuses.
    pub citation: Option<&'static str>,
}

impl Refusal {
    /// A refusal by a rule of the house.
    #[must_use]
    pub fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), citation: None }
    }

    /// The same, naming the rule.
    #[must_use]
    pub const fn citing(mut self, citation: &'static str) -> Self {
        self.citation = Some(citation);
        self
    }
}

/// One thing that may, or may not, be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<Verb> {
    /// What could be done.
    pub verb: Verb,
    /// Why not, if it may not be done.
    pub refusal: Option<Refusal>,
}

/// A procedure: states, facts and verbs without IO.
pub trait Procedure {
    /// Where a docket stands.
    type State;
    /// What else the guards need to know.
    type Facts;
    /// The names of what can be done.
    type Verb: Copy;
    /// A verb with its content.
    type Action;
    /// What follows from an action.
    type Step;

    /// What may be done now, and what not and why.
    fn offers(state: Self::State, facts: &Self::Facts) -> Vec<Offer<Self::Verb>>;

    /// The step that `action` makes.
    ///
    /// # Errors
    /// The refusal that [`Procedure::offers`] shows for the same verb, or one for the action's content.
    fn apply(state: Self::State, facts: &Self::Facts, action: &Self::Action) -> Result<Self::Step, Refusal>;
}
