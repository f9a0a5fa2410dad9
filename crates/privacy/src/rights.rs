//! The rights of privacy. What decides is never an auxiliary's.

identity::rights! {
    /// See requests, notices and impact assessments (查看个人信息保护事项).
    SeePrivacy = "privacy.see", "查看个人信息保护事项", decides = false, roles = ["leader", "administrator"];
    /// Enter and decide requests of persons, and hand out copies (办理个人信息权利请求).
    HandleRequests = "privacy.handle", "办理个人信息权利请求", decides = true, roles = ["administrator"];
    /// Publish notices and enter impact assessments (发布告知书、登记影响评估).
    KeepNotices = "privacy.configure", "发布告知书、登记影响评估", decides = true, roles = ["administrator"];
}
