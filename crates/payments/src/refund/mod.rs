//! Giving money back (退款): what was paid twice, fits nothing, or fell with its decision. Two people, one order of the provider.

pub(crate) mod ask;
pub(crate) mod decide;
pub(crate) mod list;
pub(crate) mod send;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// How a refund stands (退款状态).
    RefundState {
        /// Asked for (待审批).
        Asked = "asked", "待审批";
        /// Approved, and on its way (退款中).
        Approved = "approved", "退款中";
        /// The provider refused it for good: a leader tries again under a new number, or ends it (渠道未退，待处理).
        Failed = "failed", "渠道未能退款，待处理";
        /// Given back (已退款).
        Done = "done", "已退款";
        /// Not approved (不予退款).
        Refused = "refused", "不予退款";
    }
}

fn not_found() -> Problem {
    Problem::not_found("refund-not-found", "没有这笔退款，或者不在您的查看范围内")
}
