//! The rights of supervision. What decides is never an auxiliary's.

identity::rights! {
    /// See written notices (查看督办文书).
    SeeNotices = "notice.see", "查看督办文书", decides = false, roles = ["operator", "shift_leader", "dispatcher", "unit_handler", "unit_leader", "evaluator", "leader", "administrator"];
    /// Issue prompts, judge the replies to them; the higher stages need their own right besides (签发提示单).
    IssueNotices = "notice.issue", "签发提示单、审核回复", decides = true, roles = ["shift_leader", "evaluator", "leader"];
    /// Issue supervisions (签发督办单).
    Supervise = "notice.supervise", "签发督办单", decides = true, roles = ["evaluator", "leader"];
    /// Propose to hold to account (签发问责建议单).
    Account = "notice.account", "签发问责建议单", decides = true, roles = ["leader"];
    /// Reply for the unit (回复督办文书).
    ReplyToNotices = "notice.reply", "回复督办文书", decides = true, roles = ["unit_leader", "unit_handler"];
    /// Set when notices are issued by themselves (督办设置).
    SetNotices = "notice.configure", "督办设置", decides = true, roles = ["administrator", "leader"];
}
