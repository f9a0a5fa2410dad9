//! The rights of enforcement cases. What decides is never an auxiliary's.

identity::rights! {
    /// See cases (查看案件).
    SeeCases = "case.see", "查看案件", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator", "shift_leader"];
    /// Open a case (登记案件).
    OpenCases = "case.open", "登记案件", decides = true, roles = ["officer"];
    /// Take steps of a case; each step needs its own right besides (办理案件环节).
    ActOnCases = "case.act", "办理案件环节", decides = true, roles = ["officer", "legal_reviewer", "leader"];
    /// Investigate and carry out as an officer (承办案件).
    HandleCases = "case.handle", "承办案件", decides = true, roles = ["officer"];
    /// Approve as the head of the organ (案件审批).
    ApproveCases = "case.approve", "案件审批", decides = true, roles = ["leader"];
    /// Review before the decision (法制审核).
    ReviewCases = "case.review", "法制审核", decides = true, roles = ["legal_reviewer"];
    /// Host hearings (主持听证).
    HostHearings = "case.host", "主持听证", decides = true, roles = ["legal_reviewer", "leader"];
    /// Serve, seal, archive, and record what parties, courts and other organs did (案件经办).
    ClerkCases = "case.clerk", "案件送达、盖章、归档和登记", decides = true, roles = ["officer", "legal_reviewer"];
    /// Set from when on fines are told of (设置裁量监测).
    WatchDiscretion = "case.watch", "设置裁量监测", decides = true, roles = ["administrator"];
    /// See who a party is, with a reason, in the ledger (查看当事人信息).
    RevealParties = "case.reveal", "查看当事人信息", decides = true, roles = ["officer", "legal_reviewer", "leader"];
}
