//! The rights of construction waste. What decides is never an auxiliary's.

identity::rights! {
    /// See the register and the permits (查看建筑垃圾登记和核准).
    SeeWaste = "waste.see", "查看建筑垃圾登记和核准", decides = false, roles = ["operator", "shift_leader", "dispatcher", "officer", "legal_reviewer", "evaluator", "leader", "administrator", "enterprise"];
    /// Keep the register: places, carriers, vehicles, drivers, papers (登记工地、企业、车辆).
    KeepWaste = "waste.keep", "登记工地、运输企业、车辆和消纳场", decides = true, roles = ["officer", "leader", "administrator"];
    /// Do something with permits (办理处置核准); what exactly, the next three say.
    HandlePermits = "waste.handle", "办理处置核准", decides = true, roles = ["officer", "legal_reviewer", "leader", "enterprise"];
    /// Apply for permits (申请处置核准).
    ApplyForPermits = "waste.apply", "申请建筑垃圾处置核准", decides = true, roles = ["officer", "enterprise"];
    /// Review applications (审查申请).
    ReviewPermits = "waste.review", "审查处置核准申请", decides = true, roles = ["officer", "legal_reviewer"];
    /// Grant, refuse and revoke permits (决定核准).
    DecidePermits = "waste.decide", "决定处置核准", decides = true, roles = ["leader"];
    /// See who drives, with a reason (查看驾驶员信息).
    RevealDrivers = "waste.reveal", "查看驾驶员信息", decides = true, roles = ["officer", "leader"];
}
