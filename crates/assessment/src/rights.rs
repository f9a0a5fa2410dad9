//! The rights of the assessment.

identity::rights! {
    /// See indicators and the leads behind them (查看考核指标).
    SeeIndicators = "indicator.read", "查看考核指标", decides = false, roles = ["operator", "shift_leader", "dispatcher", "unit_leader", "evaluator", "leader", "administrator"];
    /// Take indicators out as a file (导出考核指标).
    ExportIndicators = "indicator.export", "导出考核指标", decides = false, roles = ["shift_leader", "evaluator", "leader", "administrator"];
    /// Set weights and grades (考核设置).
    Weigh = "indicator.configure", "考核设置", decides = true, roles = ["administrator"];
}
