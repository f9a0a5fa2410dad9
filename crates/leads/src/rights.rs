//! The rights of the lead loop. What decides is never an auxiliary's.

identity::rights! {
    /// See leads (查看线索).
    Read = "lead.read", "查看线索", decides = false, roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "auxiliary", "evaluator", "leader", "administrator"];
    /// Report a lead as staff (登记线索).
    ReportLead = "lead.report", "登记线索", decides = false, roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "auxiliary", "machine"];
    /// Accept, reject, merge, order verification and check, correct (受理).
    Triage = "lead.triage", "受理", decides = true, roles = ["operator", "shift_leader"];
    /// File, close, suspend, void, answer extensions (立案与结案).
    FileAndClose = "lead.file", "立案与结案", decides = true, roles = ["shift_leader"];
    /// Dispatch to units (派遣).
    DispatchLead = "lead.dispatch", "派遣", decides = true, roles = ["dispatcher", "shift_leader"];
    /// Verify and check on site (核实与核查).
    Inspect = "lead.inspect", "核实与核查", decides = false, roles = ["collector", "officer"];
    /// Take, fix, reply (处置).
    FixLead = "lead.fix", "处置", decides = false, roles = ["unit_handler", "unit_leader"];
    /// Send back, ask for more time, name a handler (处置管理).
    LeadUnit = "lead.unit", "处置管理", decides = true, roles = ["unit_leader", "unit_handler"];
    /// Remind and comment (催办与备注).
    Remark = "lead.remark", "催办与备注", decides = false, roles = ["operator", "shift_leader", "dispatcher", "collector", "unit_handler", "unit_leader", "officer", "leader", "evaluator"];
    /// Put a lead under a leader's charge, and take it out again (指定包案).
    Charge = "lead.charge", "指定包案", decides = true, roles = ["shift_leader", "leader"];
    /// Have leads in charge and instruct about them (包案与批示).
    Instruct = "lead.instruct", "包案与批示", decides = true, roles = ["leader"];
    /// Answer what the leader in charge instructs (答复批示).
    AnswerInstruction = "lead.answer-instruction", "答复批示", decides = false, roles = ["unit_handler", "unit_leader", "dispatcher", "shift_leader"];
    /// Share where one is while on duty (共享值班位置).
    ShareDuty = "duty.share", "共享值班位置", decides = false, roles = ["collector", "officer", "unit_handler", "unit_leader"];
    /// See who on duty is nearest to a lead (查看就近值班人员).
    SeeNearest = "duty.nearest", "查看就近值班人员", decides = false, roles = ["dispatcher", "shift_leader"];
    /// See a reporter's name and telephone, with a reason, in the ledger (查看联系方式).
    Reveal = "personal.reveal", "查看联系方式", decides = true, roles = ["operator", "shift_leader", "unit_leader"];
    /// Erase a reporter's name and telephone for good (删除报料人信息).
    Erase = "personal.erase", "删除报料人信息", decides = true, roles = ["administrator"];
    /// Export lists (导出).
    Export = "lead.export", "导出线索", decides = false, roles = ["operator", "shift_leader", "dispatcher", "evaluator", "leader", "administrator"];
    /// Import files (导入).
    Import = "lead.import", "导入线索", decides = true, roles = ["operator", "shift_leader", "administrator"];
    /// Hand in reports of another system (报送报文).
    SendMessages = "source.send", "报送报文", decides = false, roles = ["machine"];
    /// Keep dispatch rules, intake settings, sources and duty (办理设置).
    Configure = "lead.configure", "办理设置", decides = true, roles = ["administrator", "shift_leader"];
}
