//! The rights of honest closing. What decides is never an auxiliary's.

identity::rights! {
    /// See suspicions (查看疑点).
    SeeSuspicions = "scrutiny.see", "查看疑点", decides = false, roles = ["shift_leader", "evaluator", "leader", "administrator"];
    /// Say whether a suspicion is right (判定疑点).
    JudgeSuspicions = "scrutiny.judge", "判定疑点", decides = true, roles = ["shift_leader", "evaluator"];
    /// Draw samples for blind re-verification (抽取盲核样本).
    DrawSamples = "scrutiny.draw", "抽取盲核样本", decides = true, roles = ["shift_leader", "evaluator"];
    /// Look at closed leads again, blindly (盲核复查).
    Recheck = "scrutiny.recheck", "盲核复查", decides = false, roles = ["collector"];
    /// Set whether suspicions hold closing back (诚实结案设置).
    ConfigureScrutiny = "scrutiny.configure", "诚实结案设置", decides = true, roles = ["administrator", "shift_leader"];
}
