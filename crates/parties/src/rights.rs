//! The rights of the party's page at the desk. A party himself holds none: he has a session of his own.

identity::rights! {
    /// See what a case's parties submitted, agreed to and opened (查看当事人提交的材料).
    SeeParties = "party.see", "查看当事人提交的材料", decides = false, roles = ["officer", "legal_reviewer", "leader"];
    /// Issue codes, deliver electronically, take in what parties submit (发放查询码、电子送达、处理当事人提交的材料).
    ServeParties = "party.serve", "发放当事人查询码、电子送达、处理当事人提交的材料", decides = true, roles = ["officer"];
}
