//! The rights of findings about vehicles. What decides is never an auxiliary's.

identity::rights! {
    /// See findings and rules (查看车辆违规发现).
    SeeFindings = "finding.see", "查看车辆违规发现", decides = false, roles = ["operator", "shift_leader", "dispatcher", "evaluator", "leader", "administrator"];
    /// Uphold or dismiss a finding (核实车辆违规发现).
    JudgeFindings = "finding.judge", "核实车辆违规发现", decides = true, roles = ["operator", "shift_leader"];
    /// Draft and publish rule sets, try them, replay days (管理车辆规则).
    KeepRules = "finding.rules", "管理车辆违规规则", decides = true, roles = ["administrator", "shift_leader"];
}
