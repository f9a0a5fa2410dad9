//! Rules about vehicles that carry construction waste (运输规则): which there are, and how each is set.

use kernel::codes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

codes! {
    /// What a vehicle is found to have done (违规情形).
    #[schema(as = FindingRule)]
    Rule {
        /// Loaded and beside the corridor of its permit (偏离核准路线).
        OffCorridor = "off_corridor", "偏离核准路线";
        /// Loaded and on the way outside the hours of its permit (超出核准时段).
        OffHours = "off_hours", "超出核准时段";
        /// Unloaded where it may not (未在核准场所倾倒).
        WrongDestination = "wrong_destination", "未在核准场所倾倒";
        /// Loaded, on the way, and its lid open (未密闭运输).
        LidOpen = "lid_open", "未密闭运输";
        /// Left a site loaded without a stop at the wash bay (未冲洗驶出工地).
        Unwashed = "unwashed", "未冲洗驶出工地";
        /// Heavier than what it may carry (超载).
        Overload = "overload", "超载";
        /// Too fast, by its own points (超速).
        Speeding = "speeding", "超速";
        /// Loaded and on the way without a permit in force (无核准运输).
        NoPermit = "no_permit", "无有效核准运输";
        /// Stood loaded, or unloaded, in a black spot (偷倒黑点停车).
        BlackSpot = "black_spot", "偷倒黑点停车";
        /// Stood loaded at night outside of sites and disposal sites (夜间可疑停车).
        NightStop = "night_stop", "夜间可疑停车";
        /// Silent on the way where others were heard (疑似人为断线).
        Dark = "dark", "疑似人为断线";
        /// Jumps that no vehicle makes: tampered with, or two devices under one number (定位异常跳变).
        Tampered = "tampered", "定位异常跳变";
    }
}

impl Rule {
    /// The class of GB/T 47678.5 that a lead of it takes, which whoever upholds may change. The standard has few of trucks: where it has none,
    /// whoever upholds has to choose.
    #[must_use]
    pub const fn class_code(self) -> Option<&'static str> {
        match self {
            Self::WrongDestination | Self::BlackSpot | Self::NightStop => Some("06011"),
            Self::Unwashed => Some("08012"),
            Self::LidOpen => Some("08011"),
            _ => None,
        }
    }

    /// The class of leads that were upheld before a class had to be chosen.
    pub(crate) const UNCLASSED: &'static str = "08011";

    /// What the rule's limit means, and its unit.
    #[must_use]
    pub const fn limit(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::OffCorridor => Some(("偏离超过", "米")),
            Self::WrongDestination => Some(("距核准场所超过", "米")),
            Self::Unwashed => Some(("驶出范围超过", "米")),
            Self::Overload => Some(("超过核定载质量", "%")),
            Self::Speeding => Some(("车速超过", "km/h")),
            Self::Dark => Some(("断线期间移动超过", "米")),
            Self::Tampered => Some(("推算车速超过", "km/h")),
            Self::OffHours | Self::LidOpen | Self::NoPermit | Self::BlackSpot | Self::NightStop => None,
        }
    }

    /// What `dwell_s` means.
    #[must_use]
    pub const fn dwell(self) -> &'static str {
        match self {
            Self::Unwashed => "冲洗至少",
            Self::Dark => "断线至少",
            Self::Tampered => "在此时间内",
            Self::WrongDestination => "不用",
            _ => "持续至少",
        }
    }

    /// What `need` of `of` means.
    #[must_use]
    pub const fn count(self) -> &'static str {
        match self {
            Self::Dark => "同时同地有信号的其他车辆",
            Self::Tampered => "跳变次数",
            Self::WrongDestination | Self::Unwashed => "不用",
            _ => "连续点中成立的点",
        }
    }

    /// As it is shipped. Every number of it was chosen by the program's makers and none by a law: provisional until the city publishes its own.
    #[must_use]
    pub const fn shipped(self) -> Setting {
        let (need, of, dwell_s, grace_s, limit) = match self {
            Self::OffCorridor => (3, 5, 60, 120, 30.0),
            Self::OffHours | Self::NoPermit => (3, 5, 60, 300, 0.0),
            Self::WrongDestination => (1, 1, 0, 0, 50.0),
            Self::LidOpen => (3, 5, 60, 120, 0.0),
            Self::Unwashed => (1, 1, 60, 60, 20.0),
            Self::Overload => (4, 6, 60, 300, 5.0),
            Self::Speeding => (3, 4, 20, 60, 60.0),
            Self::BlackSpot => (2, 3, 180, 120, 0.0),
            Self::NightStop => (2, 3, 1_200, 300, 0.0),
            Self::Dark => (2, 2, 900, 0, 800.0),
            Self::Tampered => (2, 2, 1_800, 0, 200.0),
        };
        Setting { active: true, need, of, dwell_s, grace_s, limit }
    }
}

/// How a rule is set (规则参数). What each number means to a rule, [`Rule::limit`], [`Rule::dwell`] and [`Rule::count`] say.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FindingRuleSetting)]
pub struct Setting {
    /// It is looked for.
    pub active: bool,
    /// So many points …
    pub need: u8,
    /// … of so many (N of M).
    pub of: u8,
    /// How long it must last, in seconds.
    pub dwell_s: u32,
    /// How long it may pause and still be the same, in seconds.
    pub grace_s: u32,
    /// The rule's own limit, in its own unit.
    pub limit: f64,
}
