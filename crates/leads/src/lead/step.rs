//! What follows from an action: the next state, who holds it, what the clocks do.

use super::State;
use kernel::codes;

codes! {
    /// A limit that runs on a lead (环节时限).
    #[schema(as = LeadLimit)]
    Limit {
        /// From report to acceptance (受理时限).
        Accept = "accept", "受理";
        /// From acceptance to filing (立案时限).
        File = "file", "立案";
        /// From order to answer of a verification (核实时限).
        Verify = "verify", "核实";
        /// From filing to dispatch (派遣时限).
        Dispatch = "dispatch", "派遣";
        /// From dispatch to the unit's reply (处置时限).
        Fix = "fix", "处置";
        /// From the unit's reply to the order to check, and from there to the answer (核查时限).
        Check = "check", "核查";
        /// From a good check to closing (结案时限).
        Close = "close", "结案";
        /// From the report to the answer that its source must have (答复时限).
        Reply = "reply", "答复";
        /// From the order to a unit's answer to a joint task (协办时限); its rounds are the lead's tasks.
        Assist = "assist", "协办";
        /// From the referral to a neighbour city to its answer (转办跟进时限).
        Refer = "refer", "转办跟进";
        /// From an instruction of the leader in charge to its answer (批示答复时限); its rounds are the lead's instructions.
        Instruct = "instruct", "批示答复";
    }
}

/// What a clock is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockOrder {
    /// Begin, or begin again with a fresh limit.
    Start(Limit),
    /// End it.
    Stop(Limit),
    /// Stand still (挂账).
    Pause(Limit),
    /// Go on.
    Resume(Limit),
    /// Add so many minutes of its own kind (延期).
    Extend(Limit, u32),
    /// End all that still count, because the lead ends another way.
    CancelAll,
}

/// Who must act next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextHolder {
    /// As before.
    Same,
    /// Anyone of this role.
    Role(&'static str),
    /// The person named in the action, or anyone of this role.
    Named(&'static str),
    /// The responsible unit.
    Unit,
    /// Nobody: it is over.
    Nobody,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state after it.
    pub to: State,
    /// Who acts next.
    pub holder: NextHolder,
    /// What the clocks do.
    pub clocks: Vec<ClockOrder>,
}

impl Step {
    pub(super) fn to(to: State, holder: NextHolder) -> Self {
        Self { to, holder, clocks: Vec::new() }
    }

    pub(super) fn clock(mut self, order: ClockOrder) -> Self {
        self.clocks.push(order);
        self
    }
}
