//! The rights of the machine sources. What decides is never an auxiliary's.

identity::rights! {
    /// Hand in events of devices (报送机器事件).
    SendEvents = "machine.send", "报送机器事件", decides = false, roles = ["machine"];
    /// See sightings and devices (查看机器发现).
    SeeSightings = "machine.see", "查看机器发现", decides = false, roles = ["operator", "shift_leader", "dispatcher", "evaluator", "leader", "administrator"];
    /// Say whether a sighting is right (研判机器发现).
    JudgeSightings = "machine.judge", "研判机器发现", decides = true, roles = ["operator", "shift_leader"];
    /// Keep devices and kinds (管理采集设备与识别种类).
    KeepDevices = "machine.keep", "管理采集设备与识别种类", decides = true, roles = ["administrator", "shift_leader"];
}
