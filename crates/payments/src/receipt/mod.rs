//! Money that came (收款): booked once by the provider's transaction; what fits nothing is kept until a person says what it is.

pub(crate) mod book;
pub(crate) mod callback;
pub(crate) mod journal;
pub(crate) mod list;
pub(crate) mod settle;
pub(crate) mod store;
pub(crate) mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// Why money is in suspense (待查原因).
    SuspenseReason {
        /// No order of ours has this number (没有这个订单).
        OrderUnknown = "order-unknown", "没有这个订单";
        /// Another sum than the order's (金额与订单不符).
        Amount = "amount", "金额与订单不符";
        /// The bill was cancelled meanwhile (缴款通知已作废).
        BillCancelled = "bill-cancelled", "缴款通知已作废";
        /// Nothing, or not so much, was owed any more (重复缴纳).
        Double = "double", "重复缴纳";
        /// The decision was changed, and less is owed (决定已变更).
        Changed = "changed", "处罚决定已变更，多缴的待退";
        /// The case cannot take it (案件不能入账).
        CaseRefused = "case-refused", "案件不能入账";
    }
}

codes! {
    /// How money became known (来源).
    #[schema(as = PaymentHeard)]
    Heard {
        /// The provider called (渠道通知).
        Callback = "callback", "渠道通知";
        /// The provider was asked (主动查询).
        Asked = "asked", "主动查询";
    }
}

/// There is none.
pub(crate) fn not_found() -> Problem {
    Problem::not_found("receipt-not-found", "没有这笔收款，或者不在您的查看范围内")
}
