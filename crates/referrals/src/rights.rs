//! The rights of referrals. What decides is never an auxiliary's.

identity::rights! {
    /// See referrals; a liaison those of his bureau alone (查看案件线索移交).
    SeeReferrals = "referral.see", "查看案件线索移交", decides = false,
        roles = ["liaison", "operator", "dispatcher", "officer", "legal_reviewer", "leader", "shift_leader", "evaluator"];
    /// Put something before the case management centre (提出案件线索移交).
    OpenReferrals = "referral.open", "提出案件线索移交", decides = true,
        roles = ["liaison", "operator", "dispatcher", "officer", "shift_leader"];
    /// Take part: material, requests for assistance, answers, feedback (办理案件线索移交).
    ActOnReferrals = "referral.act", "办理案件线索移交", decides = true,
        roles = ["liaison", "operator", "dispatcher", "officer", "legal_reviewer", "leader", "shift_leader"];
    /// Split referrals: here, a township, another bureau, or not accepted (案件管理中心分流).
    SplitReferrals = "referral.split", "案件管理中心受理和分流", decides = true, roles = ["legal_reviewer", "leader", "shift_leader"];
    /// See who is suspected, with a reason, in the ledger (查看嫌疑人信息).
    RevealSuspects = "referral.reveal", "查看移交中的嫌疑人信息", decides = true, roles = ["officer", "legal_reviewer", "leader", "shift_leader"];
    /// Set how long each step may take (设置移交时限).
    SetReferrals = "referral.configure", "设置移交时限", decides = true, roles = ["administrator"];
}
