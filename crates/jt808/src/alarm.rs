//! The alarm bits of a position (报警标志).

/// When an alarm bit goes back to zero (JT/T 808-2013, table 24).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clears {
    /// When the platform has answered (收到应答后清零).
    Answered,
    /// When its condition is over (报警条件解除后清零).
    Over,
}

/// What an alarm bit means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlarmBit {
    /// From the lowest.
    pub bit: u8,
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub label: &'static str,
    /// When it goes back.
    pub clears: Clears,
}

const fn over(bit: u8, code: &'static str, label: &'static str) -> AlarmBit {
    AlarmBit { bit, code, label, clears: Clears::Over }
}

const fn answered(bit: u8, code: &'static str, label: &'static str) -> AlarmBit {
    AlarmBit { bit, code, label, clears: Clears::Answered }
}

/// Every alarm bit, the lowest first (JT/T 808-2013, table 24; 15 to 17 and the meaning of 3 since 2019).
///
/// They are levels, not pulses: an alarm begins where a bit rises and ends where it falls.
pub const ALARMS: [AlarmBit; 32] = [
    answered(0, "emergency", "紧急报警"),
    over(1, "overspeed", "超速报警"),
    over(2, "fatigue", "疲劳驾驶"),
    answered(3, "danger", "危险预警"),
    over(4, "gnss-fault", "GNSS 模块故障"),
    over(5, "antenna-cut", "GNSS 天线未接或被剪断"),
    over(6, "antenna-short", "GNSS 天线短路"),
    over(7, "undervoltage", "终端主电源欠压"),
    over(8, "power-lost", "终端主电源掉电"),
    over(9, "display-fault", "显示器故障"),
    over(10, "speech-fault", "TTS 模块故障"),
    over(11, "camera-fault", "摄像头故障"),
    over(12, "card-module-fault", "IC 卡模块故障"),
    over(13, "overspeed-warning", "超速预警"),
    over(14, "fatigue-warning", "疲劳驾驶预警"),
    over(15, "driving-violation", "违规行驶报警"),
    over(16, "tyre-pressure", "胎压预警"),
    over(17, "right-turn-blind-zone", "右转盲区异常报警"),
    over(18, "day-driving-time", "当天累计驾驶超时"),
    over(19, "overlong-stop", "超时停车"),
    answered(20, "area-crossed", "进出区域"),
    answered(21, "route-crossed", "进出路线"),
    answered(22, "segment-time", "路段行驶时间不足或过长"),
    over(23, "off-route", "路线偏离报警"),
    over(24, "vss-fault", "车辆 VSS 故障"),
    over(25, "fuel-abnormal", "车辆油量异常"),
    over(26, "stolen", "车辆被盗"),
    answered(27, "illegal-ignition", "车辆非法点火"),
    answered(28, "illegal-move", "车辆非法位移"),
    over(29, "collision", "碰撞预警"),
    over(30, "rollover", "侧翻预警"),
    answered(31, "illegal-door", "非法开门报警"),
];

/// The alarms that are raised.
pub fn raised(bits: u32) -> impl Iterator<Item = &'static AlarmBit> {
    ALARMS.iter().filter(move |alarm| bits >> alarm.bit & 1 == 1)
}
