//! Permits (建筑垃圾处置核准): applied for, reviewed, granted or refused with reasons, changed, ended.
//!
//! The item of approval (城市建筑垃圾处置核准) stands in 国务院令第 412 号, item 101, and in 城市建筑垃圾管理规定 (建设部令第 139 号) art. 7, which gives
//! twenty days and asks for reasons where it is refused. Neither text is among the laws of this product: what is cited of them is to be checked
//! (待核对), see ADR 0056.

pub(crate) mod act;
pub(crate) mod apply;
pub(crate) mod clock;
pub(crate) mod content;
pub(crate) mod due;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod print;
mod procedure;
pub(crate) mod store;
pub(crate) mod view;

pub use procedure::{PermitFacts, PermitProcedure};

use kernel::{codes, problem::Problem};

/// The kind of docket.
pub(crate) const KIND: &str = "waste-permit";
/// The law that a permit stands on.
pub(crate) const BASIS: &str = "城市建筑垃圾管理规定第七条（待核对）";

codes! {
    /// Where a permit stands (核准状态).
    #[schema(as = WastePermitState)]
    PermitState {
        /// Applied for (待审查).
        Applied = "applied", "待审查";
        /// Given back to be completed (待补正).
        Returned = "returned", "待补正";
        /// Reviewed; to be decided (待决定).
        Reviewed = "reviewed", "待决定";
        /// In force (有效).
        InForce = "in_force", "有效";
        /// In force; a change was applied for (有效，变更待审查).
        ChangeApplied = "change_applied", "有效，变更待审查";
        /// In force; a change was reviewed (有效，变更待决定).
        ChangeReviewed = "change_reviewed", "有效，变更待决定";
        /// Refused (不予核准).
        Refused = "refused", "不予核准";
        /// The application was taken back (申请已撤回).
        Withdrawn = "withdrawn", "申请已撤回";
        /// Taken back by the organ (已撤销).
        Revoked = "revoked", "已撤销";
        /// Given up by its holder (已注销).
        Cancelled = "cancelled", "已注销";
        /// Over (已到期).
        Expired = "expired", "已到期";
    }
}

impl PermitState {
    /// Whether it is in force, by what was decided; by the day its version says.
    #[must_use]
    pub const fn in_force(self) -> bool {
        matches!(self, Self::InForce | Self::ChangeApplied | Self::ChangeReviewed)
    }

    /// Whether somebody must still act or it is still in force.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Applied | Self::Returned | Self::Reviewed) || self.in_force()
    }
}

codes! {
    /// What can be done with a permit (办理).
    #[schema(as = WastePermitVerb)]
    PermitVerb {
        /// Review: it may be decided on (审查通过).
        Review = "review", "审查通过";
        /// Give it back to be completed (退回补正).
        Return = "return", "退回补正";
        /// Complete it and ask again (补正后重新提交).
        Resubmit = "resubmit", "补正后重新提交";
        /// Take the application back (撤回申请).
        Withdraw = "withdraw", "撤回申请";
        /// Grant it (予以核准).
        Grant = "grant", "予以核准";
        /// Refuse it (不予核准).
        Refuse = "refuse", "不予核准";
        /// Apply for a change (申请变更).
        Change = "change", "申请变更";
        /// Take it back (撤销核准).
        Revoke = "revoke", "撤销核准";
        /// Give it up (注销).
        Cancel = "cancel", "注销";
    }
}

codes! {
    /// What is carried (建筑垃圾种类), after CJJ/T 134-2019.
    #[schema(as = WasteMaterial)]
    Material {
        /// Excavated soil (工程渣土).
        Soil = "soil", "工程渣土";
        /// Slurry (工程泥浆).
        Slurry = "slurry", "工程泥浆";
        /// Waste of building (工程垃圾).
        Construction = "construction", "工程垃圾";
        /// Waste of demolition (拆除垃圾).
        Demolition = "demolition", "拆除垃圾";
        /// Waste of decoration (装修垃圾).
        Decoration = "decoration", "装修垃圾";
    }
}

/// The problem of a permit that is not there for the caller.
pub(crate) fn no_permit() -> Problem {
    Problem::not_found("waste-permit-not-found", "没有这件处置核准，或者不在您的查看范围内")
}
