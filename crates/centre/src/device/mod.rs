//! Equipment (装备): what is issued to officers by its label and comes back, what is broken, what is to be looked after.

pub(crate) mod enter;
pub(crate) mod list;
pub(crate) mod step;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// What a device is (装备种类).
    #[schema(as = CentreDeviceKind)]
    DeviceKind {
        /// A body camera (执法记录仪).
        BodyCamera = "body_camera", "执法记录仪";
        /// A camera (照相机、摄像机).
        Camera = "camera", "照相机、摄像机";
        /// A radio (对讲机).
        Radio = "radio", "对讲机";
        /// A printer (便携打印机).
        Printer = "printer", "便携打印机";
        /// An instrument that measures (检测仪器).
        Meter = "meter", "检测仪器";
        /// What protects (防护装备).
        Shield = "shield", "防护装备";
        /// A vehicle (执法车辆).
        Vehicle = "vehicle", "执法车辆";
        /// Something else (其他).
        Other = "other", "其他";
    }
}

codes! {
    /// How a device stands (装备状态).
    #[schema(as = CentreDeviceState)]
    DeviceState {
        /// In the room (在库).
        In = "in", "在库";
        /// Issued (领用).
        Out = "out", "领用";
        /// Broken (故障).
        Fault = "fault", "故障";
        /// Written off (报废).
        Gone = "gone", "报废";
    }
}

codes! {
    /// What befalls a device (装备办理).
    #[schema(as = CentreDeviceStep)]
    DeviceStep {
        /// Issued to an officer (领用).
        Issue = "issue", "领用";
        /// Returned (归还).
        Return = "return", "归还";
        /// Broken (报修).
        Fault = "fault", "报修";
        /// Mended (修复).
        Mend = "mend", "修复";
        /// Looked after (维护).
        Maintain = "maintain", "维护";
        /// Written off (报废).
        Gone = "gone", "报废";
    }
}

/// The problem of a device that is not there for the caller.
pub(crate) fn no_device() -> Problem {
    Problem::not_found("centre-device-not-found", "没有这件装备，或者不在您的查看范围内")
}
