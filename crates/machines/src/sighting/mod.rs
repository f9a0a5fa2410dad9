//! Sightings (发现): what a device saw long enough, until a person judged it and its lead is over.

pub(crate) mod closing;
pub(crate) mod confirm;
pub(crate) mod dismiss;
mod file;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod view;

use kernel::codes;

codes! {
    /// How far a sighting has come (发现状态).
    SightingState {
        /// A person is to look at it (待研判).
        Waiting = "waiting", "待研判";
        /// It is to be a lead and will be in a moment (转线索中).
        Approved = "approved", "转线索中";
        /// It is a lead (已转线索).
        Filed = "filed", "已转线索";
        /// It is not what the device took it for (误报).
        Dismissed = "dismissed", "误报";
        /// The device saw it gone before anybody looked (已消失).
        Gone = "gone", "已消失";
        /// Its lead is over (已了结).
        Over = "over", "已了结";
    }
}

codes! {
    /// What people said of a sighting (研判结论).
    Verdict {
        /// The device was right (属实).
        Confirmed = "confirmed", "属实";
        /// The device was wrong (误报).
        Refuted = "refuted", "误报";
    }
}

/// Nobody finds it, or not he.
pub(crate) fn not_found() -> kernel::problem::Problem {
    kernel::problem::Problem::not_found("sighting-not-found", "没有这个机器发现，或不在您的辖区")
}
