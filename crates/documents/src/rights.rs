//! The rights of documents. Whose docket it is, its own room says besides.

identity::rights! {
    /// See documents and their samples (查看文书).
    SeeDocuments = "document.see", "查看文书", decides = false,
        roles = ["officer", "legal_reviewer", "unit_leader", "leader", "evaluator", "administrator"];
    /// Write drafts (拟制文书).
    WriteDocuments = "document.write", "拟制文书", decides = false, roles = ["officer", "legal_reviewer", "unit_leader", "leader"];
    /// Issue and void documents (签发、作废文书).
    IssueDocuments = "document.issue", "签发文书", decides = true, roles = ["officer", "legal_reviewer", "unit_leader", "leader"];
    /// Set what an organ says of itself on its documents (设置机关信息).
    SetOrgans = "document.configure", "设置机关信息", decides = true, roles = ["administrator"];
    /// Publish and withdraw phrases of an organ (发布用语).
    PublishPhrases = "phrase.publish", "发布、停用用语", decides = true, roles = ["legal_reviewer", "leader"];
}
