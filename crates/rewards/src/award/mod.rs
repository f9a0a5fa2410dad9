//! Awards (奖励): what a report gets, from being reserved to being paid.

pub(crate) mod decide;
pub(crate) use decide::words;
pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod store;
mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// Where an award stands (奖励状态).
    AwardState {
        /// Money is put aside; a person is to approve it (待审核).
        Reserved = "reserved", "待审核";
        /// Approved; the reporter may claim it (待领取).
        Granted = "granted", "待领取";
        /// Claimed; finance is to pay it (待发放).
        Claimed = "claimed", "待发放";
        /// Paid (已发放).
        Paid = "paid", "已发放";
        /// Nobody claimed it in time (逾期未领).
        Expired = "expired", "逾期未领";
        /// Not rewarded, with the reason (不奖励).
        Refused = "refused", "不奖励";
        /// The report turned out to be none, or its problem was rewarded already (已收回).
        TakenBack = "taken-back", "已收回";
    }
}

pub(crate) fn not_found() -> Problem {
    Problem::not_found("reward-not-found", "没有找到这件奖励")
}
