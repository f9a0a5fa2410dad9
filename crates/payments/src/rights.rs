//! The rights of payment. What a person may see of a case is decided by the case's room besides.

identity::rights! {
    /// See bills, receipts, suspense and reconciliation (查看缴款).
    SeePayments = "payment.see", "查看缴款", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator", "administrator"];
    /// Make the bill of a case that one handles, and enter the parts of what was put off (开具缴款通知).
    MakeBills = "payment.bill", "开具缴款通知、录入分期", decides = true, roles = ["officer"];
    /// Settle money in suspense and differences of reconciliation, import day files (处理待查款和对账).
    SettlePayments = "payment.settle", "处理待查款、对账", decides = true, roles = ["evaluator", "administrator"];
    /// Ask for a refund (申请退款).
    AskRefunds = "payment.refund", "申请退款", decides = true, roles = ["officer", "evaluator"];
    /// Approve a refund that another asked for (审批退款).
    ApproveRefunds = "payment.approve", "审批退款", decides = true, roles = ["leader"];
    /// Set the account that fines are paid into (设置收款账户).
    SetPayee = "payment.configure", "设置收款账户", decides = true, roles = ["administrator"];
}
