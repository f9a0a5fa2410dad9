//! Events of machines (机器事件): what a device says it sees, once.

pub(crate) mod judge;
pub(crate) mod parse;
pub(crate) mod queue;
pub(crate) mod receive;
mod retain;
pub(crate) mod store;
mod write;

use chrono::{DateTime, Utc};
use kernel::position::Position;

use kernel::codes;

codes! {
    /// What became of an event (处理结果).
    #[schema(as = MachineEventOutcome)]
    Outcome {
        /// Counted; not seen often enough yet (已计入).
        Seen = "seen", "已计入";
        /// It made a sighting (形成发现).
        Found = "found", "形成发现";
        /// It belongs to a sighting that is open (并入发现).
        Merged = "merged", "并入发现";
        /// Not sure enough (置信度不足).
        Weak = "weak", "置信度不足";
        /// Soon after it was refuted or over (静默期内).
        Quiet = "quiet", "静默期内";
        /// Its kind is not looked at (种类未启用).
        Off = "off", "种类未启用";
        /// Older than what is known (迟到).
        Late = "late", "迟到";
        /// The device looked and did not see it (未见).
        Absent = "absent", "未见";
        /// The thing is gone (已消失).
        Gone = "gone", "已消失";
    }
}

/// An event after parsing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub device: String,
    /// The device's own key of it.
    pub key: String,
    pub kind: i16,
    pub at: DateTime<Utc>,
    /// It is there; else the device looked and it is not.
    pub present: bool,
    /// 0 to 1.
    pub confidence: f32,
    /// Left, top, width, height as parts of the picture, 0 to 1.
    pub area: Option<[f32; 4]>,
    /// A file that is kept here, or a web address that is kept as words and never fetched.
    pub picture: Option<String>,
    /// The model and its version.
    pub model: String,
    pub position: Option<Position>,
    /// Where it lies for lists.
    pub jurisdiction: String,
    pub simulated: bool,
}
