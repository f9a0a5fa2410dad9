//! What is public in advance and in process (事前公开、事中公示): lists made from what the house holds, in versions, and notices with their
//! periods; each published by another person than who drafted it. 行政处罚法第三十九条；浙江省综合行政执法条例第二十条、第三十七条.

pub(crate) mod certificate;
pub(crate) mod draft;
pub(crate) mod list;
pub(crate) mod public;
pub(crate) mod step;
pub(crate) mod store;

use chrono::NaiveDate;
use identity::Scope;
use kernel::{codes, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Publications;

codes! {
    /// What is made public (公开事项).
    #[schema(as = DisclosureKind)]
    DisclosureKind {
        /// What the organ is for (机关职责).
        Organ = "organ", "机关职责";
        /// What it has power over (执法事项清单).
        Powers = "powers", "执法事项清单";
        /// Who enforces (执法人员).
        Officers = "officers", "执法人员名单";
        /// How it proceeds (执法程序).
        Procedures = "procedures", "执法程序和救济渠道";
        /// How it weighs (裁量基准).
        Benchmarks = "benchmarks", "现行裁量基准";
        /// What is inspected (检查事项).
        Inspections = "inspections", "检查事项清单";
        /// Where one is served (服务地点).
        Places = "places", "办事地点、投诉举报";
        /// Something was sealed or seized (查封扣押公告).
        SealNotice = "seal-notice", "查封、扣押公告";
        /// Something is to be pulled down (强制拆除公告).
        DemolitionNotice = "demolition-notice", "强制拆除公告";
        /// Service by public notice (公告送达).
        ServiceNotice = "service-notice", "公告送达";
        /// Another notice (其他公告).
        OtherNotice = "other-notice", "其他公告";
    }
}

impl DisclosureKind {
    /// Whether it is a list of what is so at any time, of which one version is public.
    #[must_use]
    pub const fn is_list(self) -> bool {
        !matches!(self, Self::SealNotice | Self::DemolitionNotice | Self::ServiceNotice | Self::OtherNotice)
    }

    /// Whether the house itself makes its lines from what it holds.
    #[must_use]
    pub const fn is_made(self) -> bool {
        matches!(self, Self::Powers | Self::Officers | Self::Procedures | Self::Benchmarks)
    }

    /// The days that a notice is shown for at least: of public service thirty, by 民事诉讼法第九十五条 that 行政处罚法第六十一条 sends to.
    #[must_use]
    pub const fn least_days(self) -> i32 {
        if matches!(self, Self::ServiceNotice) { 30 } else { 1 }
    }
}

codes! {
    /// How it stands (公开状态).
    #[schema(as = DisclosureState)]
    DisclosureState {
        /// Drafted (待审核).
        Drafted = "drafted", "待审核";
        /// Public (公开).
        Published = "published", "公开";
        /// A newer version took its place (已更新).
        Replaced = "replaced", "已更新";
        /// Taken back (已撤回).
        Withdrawn = "withdrawn", "已撤回";
        /// Not published (不公开).
        Dropped = "dropped", "退回";
    }
}

/// The heads and the rows of a list (清单).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DisclosureLines)]
pub struct Lines {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// A row has as many cells as there are heads.
    pub rows: Vec<Vec<String>>,
}

/// The problem of what is not there for the caller.
pub(crate) fn no_disclosure() -> Problem {
    Problem::not_found("disclosure-not-found", "没有这项公开内容")
}

/// What is public speaks for the whole county: a right that ends at a township is not enough.
pub(crate) fn whole(room: &Publications, scope: &Scope) -> Result<(), Problem> {
    if scope.covers_region(room.home_region()) {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "事前、事中公开由区县级人员统一办理，您的辖区范围不足"))
}

/// The last day of a notice that is published today.
pub(crate) fn shown_until(today: NaiveDate, days: Option<i32>) -> Option<NaiveDate> {
    days.map(|days| today + chrono::Days::new(u64::from(days.unsigned_abs())))
}
