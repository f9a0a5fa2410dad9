//! Places (场所): sites that waste comes from, where it goes, and where it is dumped. They are settings, with a history.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// What a place is (场所种类).
    #[schema(as = WastePlaceKind)]
    PlaceKind {
        /// A construction site (工地).
        Site = "site", "工地";
        /// A disposal site (消纳场).
        Disposal = "disposal", "消纳场";
        /// A recycling plant (综合利用场).
        Recycling = "recycling", "综合利用场";
        /// A transfer site (转运场).
        Transfer = "transfer", "转运场";
        /// Where waste is dumped (偷倒黑点).
        BlackSpot = "black_spot", "偷倒黑点";
    }
}

impl PlaceKind {
    /// Whether waste may lawfully be brought there.
    #[must_use]
    pub const fn receives(self) -> bool {
        matches!(self, Self::Disposal | Self::Recycling | Self::Transfer)
    }
}

/// The problem of a place that is not there for the caller.
pub(crate) fn no_place() -> Problem {
    Problem::not_found("waste-place-not-found", "没有这个场所，或者不在您的查看范围内")
}
