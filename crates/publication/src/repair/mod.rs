//! Repair of credit (信用修复): a party asks that the publication of its decision ends early; checked, decided by another person, told.

pub(crate) mod apply;
pub(crate) mod check;
pub(crate) mod decide;
pub(crate) mod earliest;
pub(crate) mod feedback;
pub(crate) mod list;
pub(crate) mod store;
pub(crate) mod view;

pub use apply::{RepairReceipt, RepairRequest};
pub use earliest::{Earliest, RepairMissing};

use kernel::{codes, problem::Problem};

codes! {
    /// Where a request for repair stands (信用修复状态).
    RepairState {
        /// Taken in, waits for its check (待核查).
        Received = "received", "待核查";
        /// Checked, waits for its decision (待决定).
        Checked = "checked", "待决定";
        /// Granted: the publication ended (准予修复).
        Granted = "granted", "准予修复";
        /// Refused (不予修复).
        Refused = "refused", "不予修复";
    }
}

codes! {
    /// Which way a request came (申请渠道).
    RepairVia {
        /// The party's own page (网上).
        Portal = "portal", "网上申请";
        /// At the desk (窗口).
        Desk = "desk", "窗口申请";
    }
}

/// Working days to decide on a request. Provisional: the sheet names no number; to be confirmed with the credit platform's rules.
pub(crate) const DECIDE_DAYS: u32 = 10;
/// What a refused party may do (救济途径): 行政复议法第二十条, 行政诉讼法第四十六条.
pub(crate) const REMEDY: &str =
    "对不予修复的决定不服的，可以自知道之日起六十日内申请行政复议，或者六个月内提起行政诉讼；条件具备后可以再次申请";

/// Nobody finds it, or not he.
pub(crate) fn no_repair() -> Problem {
    Problem::not_found("repair-not-found", "没有这件信用修复申请，或者不在您的查看范围内")
}
