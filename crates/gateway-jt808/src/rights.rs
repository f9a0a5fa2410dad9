//! The rights of vehicles and their terminals. What decides is never an auxiliary's.

identity::rights! {
    /// See terminals, vehicles and their tracks (查看车辆轨迹).
    SeeVehicles = "vehicle.see", "查看车辆与轨迹", decides = false, roles = ["operator", "shift_leader", "dispatcher", "evaluator", "leader", "administrator"];
    /// Keep terminals and the setting of visitors (管理车载终端).
    KeepTerminals = "vehicle.keep", "管理车载终端", decides = true, roles = ["administrator", "shift_leader"];
}
