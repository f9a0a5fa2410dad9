//! The rights of the centre. What decides is never an auxiliary's.

identity::rights! {
    /// See rooms, sessions, recordings, volumes, loans, equipment and the board (查看办案中心).
    SeeCentre = "centre.see", "查看办案中心", decides = false, roles = ["officer", "legal_reviewer", "leader", "evaluator", "shift_leader", "administrator"];
    /// Book rooms and hold sessions (预约房间、办理场次).
    HoldSessions = "centre.hold", "预约房间、办理场次", decides = true, roles = ["officer", "legal_reviewer", "leader"];
    /// Set rooms up (设置房间).
    KeepRooms = "centre.rooms", "设置办案房间", decides = true, roles = ["leader", "administrator"];
    /// See who was questioned, with a reason (查看到场人员).
    RevealPersons = "centre.reveal", "查看到场人员信息", decides = true, roles = ["officer", "leader"];
    /// Borrow archived files (申请借阅档案).
    BorrowVolumes = "centre.borrow", "申请借阅档案", decides = true, roles = ["officer", "legal_reviewer", "leader"];
    /// Agree to loans and to destruction (审批借阅和销毁).
    DecideLoans = "centre.decide", "审批借阅和档案销毁", decides = true, roles = ["leader"];
    /// Keep archive and equipment: shelve, hand over, take back, take stock (保管档案和装备).
    KeepStores = "centre.keep", "保管档案和装备、盘点", decides = true, roles = ["officer", "leader"];
}
