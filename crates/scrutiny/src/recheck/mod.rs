//! Blind re-verification (盲核复查): closed leads of a period, drawn by a published seed, looked at again by collectors who had no part in
//! them and do not see what was said before.
//!
//! Invariants: whoever knows the seed and the numbers of the closed leads draws the same sample ([`sample`]); an answer is given once and
//! counts for the unit; nothing of it changes the lead.

pub(crate) mod answer;
mod collectors;
pub(crate) mod draw;
pub(crate) mod items;
pub(crate) mod list;
pub(crate) mod mine;
pub(crate) mod rates;
pub(crate) mod reassign;
mod sample;
pub(crate) mod store;

use kernel::codes;

codes! {
    /// Where a lead of the sample stands (盲核状态).
    RecheckState {
        /// Given to a collector.
        Waiting = "waiting", "待复查";
        /// It is fixed, and stayed so.
        Held = "held", "确已处置";
        /// It is not.
        Broken = "broken", "未处置到位";
        /// There was nobody without a part in it.
        Unassigned = "unassigned", "无人可派";
    }
}
