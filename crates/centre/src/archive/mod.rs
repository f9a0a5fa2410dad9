//! The archive (档案): where the file of an archived case is, who borrowed it, and what is destroyed after its time.

pub(crate) mod ask;
pub(crate) mod destroy;
pub(crate) mod list;
pub(crate) mod loan;
pub(crate) mod loans;
pub(crate) mod shelve;
pub(crate) mod step;
pub(crate) mod store;
pub(crate) mod view;

use kernel::{codes, problem::Problem};

codes! {
    /// How a volume stands (档案状态).
    #[schema(as = CentreVolumeState)]
    VolumeState {
        /// On its shelf (在架).
        Shelved = "shelved", "在架";
        /// Lent (借出).
        Lent = "lent", "借出";
        /// A stock-take missed it (缺失).
        Missing = "missing", "缺失";
        /// Destroyed after its time (已销毁).
        Destroyed = "destroyed", "已销毁";
    }
}

codes! {
    /// What is borrowed (借阅方式).
    #[schema(as = CentreLoanForm)]
    LoanForm {
        /// The paper file (纸质).
        Paper = "paper", "纸质借出";
        /// A look at the electronic file (电子查阅).
        Electronic = "electronic", "电子查阅";
    }
}

codes! {
    /// How a loan stands (借阅状态).
    #[schema(as = CentreLoanState)]
    LoanState {
        /// Asked for (待审批).
        Asked = "asked", "待审批";
        /// Agreed to (已同意).
        Approved = "approved", "已同意";
        /// Refused (不同意).
        Refused = "refused", "不同意";
        /// With the borrower (借出).
        Lent = "lent", "借出";
        /// Back (已归还).
        Returned = "returned", "已归还";
        /// The borrower took it back (已撤回).
        Withdrawn = "withdrawn", "已撤回";
        /// Its time ended by itself: a look at the electronic file, or a paper file that nobody fetched (已失效).
        Expired = "expired", "已失效";
    }
}

codes! {
    /// What is done with a loan (借阅办理).
    #[schema(as = CentreLoanStep)]
    LoanStep {
        /// Agree (同意).
        Approve = "approve", "同意";
        /// Refuse (不同意).
        Refuse = "refuse", "不同意";
        /// The borrower takes it back (撤回申请).
        Withdraw = "withdraw", "撤回申请";
        /// Hand the paper file over (交出).
        HandOver = "hand-over", "交出";
        /// Take it back (归还).
        Return = "return", "归还";
        /// Longer (续借).
        Renew = "renew", "续借";
        /// Look into the electronic file (查阅).
        Inspect = "inspect", "查阅";
    }
}

/// The problem of a volume that is not there for the caller.
pub(crate) fn no_volume() -> Problem {
    Problem::not_found("volume-not-found", "没有这份档案，或者不在您的查看范围内")
}
