//! Stock-takes (盘点) of the archive and of equipment: what should be there is frozen, scanned, and another person settles what differs.

pub(crate) mod list;
pub(crate) mod scan;
pub(crate) mod settle;
pub(crate) mod start;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// What is counted (盘点对象).
    #[schema(as = CentreStocktakeSubject)]
    Subject {
        /// The archive (档案).
        Volumes = "volumes", "档案";
        /// Equipment (装备).
        Devices = "devices", "装备";
    }
}

codes! {
    /// How a stock-take stands (盘点状态).
    #[schema(as = CentreStocktakeState)]
    TakeState {
        /// Being scanned (盘点中).
        Open = "open", "盘点中";
        /// Scanned, with differences (待处理差异).
        Finished = "finished", "待处理差异";
        /// Closed (已结束).
        Closed = "closed", "已结束";
    }
}

/// The problem of a stock-take that is not there for the caller.
pub(crate) fn no_take() -> Problem {
    Problem::not_found("stocktake-not-found", "没有这次盘点，或者不在您的查看范围内")
}
