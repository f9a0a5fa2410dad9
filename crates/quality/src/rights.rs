//! The rights of file review. Who had a part in a case reviews nothing of it, whatever rights he has.

identity::rights! {
    /// See rounds, sheets, findings, guides and model cases (查看案卷评查).
    SeeReviews = "quality.see", "查看案卷评查", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator"];
    /// Keep sheets and guides, draw and close rounds, set weights (组织案卷评查).
    ManageReviews = "quality.manage", "组织案卷评查、维护评查标准和办案指引", decides = true, roles = ["legal_reviewer", "leader", "evaluator"];
    /// Score drawn files and judge answers (评查打分).
    ScoreFiles = "quality.score", "评查打分、复核整改", decides = true, roles = ["officer", "legal_reviewer", "leader", "evaluator"];
    /// Answer findings about one's own cases (答复评查问题).
    AnswerFindings = "quality.answer", "答复和整改评查问题", decides = true, roles = ["officer"];
    /// Nominate and check model cases (推荐典型案例).
    NominateCases = "quality.nominate", "推荐和核对典型案例", decides = true, roles = ["officer", "legal_reviewer", "leader"];
}
