//! Findings (车辆违规发现): what was found, until a person upheld it and it is a lead, or dismissed it.

pub(crate) mod dismiss;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod picture;
pub(crate) mod replay;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod uphold;
pub(crate) mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// How far a finding has come (发现状态).
    #[schema(as = VehicleFindingState)]
    FindingState {
        /// A person is to look at it (待核实).
        Waiting = "waiting", "待核实";
        /// It is to be a lead and will be in a moment (转线索中).
        Upheld = "upheld", "转线索中";
        /// It is a lead (已转线索).
        Filed = "filed", "已转线索";
        /// It is not so (不成立).
        Dismissed = "dismissed", "不成立";
        /// Later points contradicted it before anybody judged it (已撤回).
        Withdrawn = "withdrawn", "已撤回";
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("finding-not-found", "没有这条车辆违规发现，或不在您的辖区")
}
