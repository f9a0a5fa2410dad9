//! Devices (采集设备): fixed cameras, patrol cars, drones, sensors.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::position::Position;
use uuid::Uuid;

use kernel::codes;

codes! {
    /// What a device is (设备种类).
    DeviceKind {
        /// A camera that stands (固定视频).
        Video = "video", "固定视频";
        /// A car that patrols (智能巡查车).
        Car = "car", "智能巡查车";
        /// A drone (无人机).
        Drone = "drone", "无人机";
        /// A sensor (传感器).
        Sensor = "sensor", "传感器";
    }
}

/// A device as it is registered (设备登记).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Device {
    pub code: String,
    pub name: String,
    pub kind: DeviceKind,
    /// Where it stands, if it does.
    pub position: Option<Position>,
    /// The unit grid it stands in, or the district of what moves.
    pub jurisdiction: String,
    pub address: String,
    /// The machine account that speaks for it; any of the county where none is named.
    pub sender: Option<Uuid>,
    pub active: bool,
    pub simulated: bool,
    pub version: i64,
}
