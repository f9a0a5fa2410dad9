//! The rights that the legal library asks for.

identity::rights! {
    /// Read matters, statutes and empowerment (查看法律库).
    ReadLaw = "law.read", "查看法律库", decides = false,
        roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "auxiliary", "evaluator", "leader", "administrator"];
    /// Import and publish matters, enter announcements of empowerment (维护法律库).
    ManageLaw = "law.manage", "维护法律库", decides = true, roles = ["administrator"];
}
