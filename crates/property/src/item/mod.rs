//! Items (财物): one row a physical thing, with the code on its label and the measure by which it is held.

pub(crate) mod due;
pub(crate) mod enter;
pub(crate) mod held;
pub(crate) mod list;
pub(crate) mod of_case;
pub(crate) mod show;
pub(crate) mod store;

pub(crate) use held::{Hold, facts};
pub(crate) use store::ItemRow;

use kernel::{codes, problem::Problem};

codes! {
    /// By what right a thing is held (措施).
    #[schema(as = PropertyMeasure)]
    Measure {
        /// Registered and kept as evidence (先行登记保存), 行政处罚法第五十六条.
        Registration = "registration", "先行登记保存";
        /// Seized (扣押), 行政强制法第二十二条至第二十八条.
        Seizure = "seizure", "扣押";
        /// Sealed where it is (查封), the same articles.
        Sealing = "sealing", "查封";
        /// A vehicle that was towed away (拖移车辆), 道路交通安全法第九十三条.
        Towing = "towing", "拖移车辆";
        /// Confiscated by a decision (没收), 行政处罚法第七十四条.
        Confiscated = "confiscated", "没收";
    }
}

impl Measure {
    /// Where the measure stands in the law.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::Registration => "行政处罚法第五十六条",
            Self::Seizure | Self::Sealing => "行政强制法第二十二条、第二十五条",
            Self::Towing => "道路交通安全法第九十三条第二款",
            Self::Confiscated => "行政处罚法第七十四条",
        }
    }
}

codes! {
    /// What kind of thing it is (财物种类).
    #[schema(as = PropertyKind)]
    Kind {
        /// Goods (货物、商品).
        Goods = "goods", "货物、商品";
        /// Tools and implements (工具、设备).
        Tool = "tool", "工具、设备";
        /// A vehicle (车辆).
        Vehicle = "vehicle", "车辆";
        /// Food and other fresh things (食品、鲜活物品).
        Food = "food", "食品、鲜活物品";
        /// Books, papers, media (账册、资料).
        Document = "document", "账册、资料";
        /// Advertisements, banners, signs (广告、设施).
        Fixture = "fixture", "广告、设施";
        /// Something else (其他).
        Other = "other", "其他";
    }
}

/// The problem of an item that is not there for the caller.
pub(crate) fn no_item() -> Problem {
    Problem::not_found("property-not-found", "没有这件财物，或者不在您的查看范围内")
}
