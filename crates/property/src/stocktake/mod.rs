//! Stock-takes (盘点): what should be in a place is frozen, everything is scanned, and differences are settled by another person.

pub(crate) mod finish;
pub(crate) mod list;
pub(crate) mod scan;
pub(crate) mod settle;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod store;

use kernel::{codes, problem::Problem};

codes! {
    /// How far a stock-take is (盘点状态).
    #[schema(as = PropertyStocktakeState)]
    StocktakeState {
        /// Things are scanned; nothing goes in or out (盘点中).
        Open = "open", "盘点中";
        /// Everything was scanned, and there are differences to settle (待处理差异).
        Finished = "finished", "待处理差异";
        /// Over (已完成).
        Closed = "closed", "已完成";
    }
}

codes! {
    /// What a scan found (扫码结果).
    #[schema(as = PropertyScanned)]
    Scanned {
        /// It should be here, and is (相符).
        Found = "found", "相符";
        /// It was scanned before (重复).
        Again = "again", "已经扫过";
        /// It is on the register, but not here (应在别处).
        Unexpected = "unexpected", "不应在这里";
        /// No item has this code (登记外).
        Unknown = "unknown", "登记册里没有";
    }
}

/// The problem of a stock-take that is not there for the caller.
pub(crate) fn no_stocktake() -> Problem {
    Problem::not_found("stocktake-not-found", "没有这次盘点，或者不在您的辖区内")
}
