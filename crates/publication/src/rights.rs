//! The rights of publication. Publishing itself needs the case's own right besides.

identity::rights! {
    /// See what is published, repaired and disputed (查看公开与信用).
    SeePublications = "publication.see", "查看公开与信用", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator"];
    /// Draft, publish, withdraw, take in requests for repair (办理公开与信用).
    WorkPublications = "publication.work", "办理处罚决定公开、撤回和信用修复登记", decides = true, roles = ["officer", "legal_reviewer", "leader"];
    /// Check what somebody else drafted, and secrecy (核对公开内容、保密审查).
    CheckPublications = "publication.check", "核对公开内容和保密审查", decides = true, roles = ["officer", "legal_reviewer", "leader"];
    /// Decide on the repair of credit (决定信用修复).
    DecideRepairs = "publication.decide", "决定信用修复和不予公开", decides = true, roles = ["leader"];
    /// Keep the records of reviews and suits (登记复议诉讼).
    KeepRemedies = "remedy.keep", "登记行政复议和行政诉讼", decides = true, roles = ["officer", "legal_reviewer"];
}
