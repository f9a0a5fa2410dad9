//! Reconciliation (对账): a day file of the provider against what is booked, row by row; a person settles every difference.

pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod parse;
pub(crate) mod settle;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// What a row of a day is (对账结果).
    #[schema(as = PaymentDayKind)]
    Kind {
        /// The same on both sides (相符).
        Matched = "matched", "相符";
        /// The provider has it, we do not (我方缺少).
        MissingHere = "missing-here", "我方缺少";
        /// We have it, the provider does not (渠道缺少).
        MissingThere = "missing-there", "渠道缺少";
        /// Both have it, with other sums (金额不同).
        Different = "different", "金额不同";
    }
}

fn not_found() -> Problem {
    Problem::not_found("day-file-not-found", "没有这份对账文件，或者不在您的查看范围内")
}
