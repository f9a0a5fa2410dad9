//! The lead (线索): a problem in the city from its report to its closing.

pub mod charge;
pub(crate) mod facets;
pub mod facts;
pub mod joint;
pub mod layer;
pub mod procedure;
pub mod record;
pub mod referral;
pub mod rules;
pub mod source;
pub(crate) mod step;
pub(crate) mod store;
pub mod verb;

use kernel::codes;

pub use charge::Charge;
pub use facts::Facts;
pub use joint::Joint;
pub use layer::Layer;
pub use procedure::{Action, LeadProcedure};
pub use referral::Referral;
pub use source::Source;
pub use step::{ClockOrder, Limit, NextHolder, Step};
pub use verb::Verb;

codes! {
    /// Where a lead stands (状态), after the chain of GB/T 30428 practice: 上报 → 核实 → 受理 → 立案 → 派遣 → 处置 → 核查 → 结案.
    State {
        /// Reported, waits to be received (待受理).
        Reported = "reported", "待受理";
        /// A collector verifies on site before filing (核实中).
        Verifying = "verifying", "核实中";
        /// Accepted, waits to be filed (待立案).
        Accepted = "accepted", "待立案";
        /// Filed, waits to be dispatched (待派遣).
        Filed = "filed", "待派遣";
        /// Dispatched to a unit that has not taken it yet (待接单).
        Dispatched = "dispatched", "待接单";
        /// The unit is fixing it (处置中).
        Fixing = "fixing", "处置中";
        /// Suspended, its clock stands (挂账).
        Suspended = "suspended", "挂账";
        /// With a neighbour city; the dispatcher follows it (邻市办理中).
        Referred = "referred", "邻市办理中";
        /// The unit replied; waits for a check to be ordered (待核查).
        Fixed = "fixed", "待核查";
        /// A collector checks on site after the fix (核查中).
        Checking = "checking", "核查中";
        /// Checked well, waits to be closed (待结案).
        Checked = "checked", "待结案";
        /// Closed (已结案).
        Closed = "closed", "已结案";
        /// Not accepted (不予受理).
        Rejected = "rejected", "不予受理";
        /// Merged into another lead (已并案).
        Merged = "merged", "已并案";
        /// Voided after filing (已作废).
        Voided = "voided", "已作废";
    }
}

impl State {
    /// Those in which a lead still must be closed.
    pub const OPEN: &[Self] = &[
        Self::Reported,
        Self::Verifying,
        Self::Accepted,
        Self::Filed,
        Self::Dispatched,
        Self::Fixing,
        Self::Suspended,
        Self::Referred,
        Self::Fixed,
        Self::Checking,
        Self::Checked,
    ];

    /// Whether the lead still must be closed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Rejected | Self::Merged | Self::Voided)
    }
}

codes! {
    /// What a photo shows (照片用途).
    PhotoRole {
        /// What the reporter saw (上报).
        Report = "report", "上报";
        /// What the collector found when verifying (核实).
        Verify = "verify", "核实";
        /// Before the fix (处置前).
        Before = "before", "处置前";
        /// After the fix (处置后).
        After = "after", "处置后";
        /// What the collector found when checking (核查).
        Check = "check", "核查";
    }
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use super::*;

    #[test]
    fn what_is_open_is_listed_as_open() {
        assert!(State::ALL.iter().all(|state| State::OPEN.contains(state) == state.is_open()));
    }

    #[test]
    fn the_document_names_codes_as_they_travel() {
        fn check<T: PartialSchema + serde::Serialize>(all: &[T]) {
            let schema = serde_json::to_value(T::schema()).unwrap();
            assert_eq!(schema["enum"], serde_json::to_value(all).unwrap());
        }
        check(State::ALL);
        check(PhotoRole::ALL);
        check(crate::ImportState::ALL);
    }
}
