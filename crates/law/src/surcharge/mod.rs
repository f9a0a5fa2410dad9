//! The extra fine for paying late (加处罚款): three per cent of the fine a day, never more than the fine itself, not while a
//! review or a suit runs (行政处罚法第七十二条第一项、第七十三条第三款，行政强制法第四十五条).

mod count;
mod steps;

pub use count::count;
pub use steps::SurchargeStep;

use chrono::NaiveDate;
use serde::Serialize;

/// Per cent of the fine a day (行政处罚法第七十二条第一项).
pub const PER_CENT_A_DAY: u64 = 3;

/// The largest fine that is counted, in fen: ten thousand million yuan, so that no product runs over.
pub const MOST_FEN: u64 = 1_000_000_000_000;

/// The longest count, in days: thirty years.
const MOST_DAYS: i64 = 10_958;

/// The most instalments, payments and pauses of one count.
const MOST_ENTRIES: usize = 120;

/// A part of the fine with the last day on which it is paid in time (分期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Instalment {
    /// The last day in time.
    pub due: NaiveDate,
    /// The part, in fen.
    pub fen: u64,
}

/// What was paid, and when (缴款).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// The day of payment.
    pub on: NaiveDate,
    /// The sum, in fen; it counts against the fine, oldest part first.
    pub fen: u64,
}

/// A review or a suit (行政复议、行政诉讼期间): neither its first nor its last day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// The day of the application or complaint.
    pub from: NaiveDate,
    /// The day on which its end was received; none while it runs.
    pub to: Option<NaiveDate>,
}

/// A fine, when it was due, and what happened since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fine {
    /// The parts; a fine that is not paid in parts has one.
    pub instalments: Vec<Instalment>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// Reviews and suits.
    pub pauses: Vec<Pause>,
    /// The decision says that and how an extra fine is added (罚款决定与罚款收缴分离实施办法第七、九条，行政强制法第四十五条第一款).
    pub stated: bool,
}

/// Why nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SurchargeError {
    /// No fine, or none above zero.
    #[error("罚款数额应大于零")]
    Nothing,
    /// More than [`MOST_FEN`].
    #[error("罚款数额过大")]
    TooMuch,
    /// More than thirty years between the first day and the last.
    #[error("计算期间不超过三十年")]
    TooLong,
    /// More than 120 instalments, payments or pauses.
    #[error("分期、缴款、复议诉讼期间各不超过 120 项")]
    TooMany,
    /// A review or suit ends before it begins.
    #[error("复议或诉讼期间的结束早于开始")]
    Backwards,
}

/// What is owed at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Surcharge {
    /// The day it was counted to, that day included.
    pub until: NaiveDate,
    /// The whole fine, in fen.
    pub fine_fen: u64,
    /// Of the fine not yet paid, due or not, in fen.
    pub unpaid_fen: u64,
    /// The extra fine, in fen.
    pub surcharge_fen: u64,
    /// The days that counted.
    pub days: u32,
    /// The extra fine has reached the fine (封顶).
    pub capped: bool,
    /// The way to it.
    pub steps: Vec<SurchargeStep>,
}

/// Fen as people write yuan: "2000 元", "60.50 元".
#[must_use]
pub fn yuan(fen: u64) -> String {
    if fen.is_multiple_of(100) { format!("{} 元", fen / 100) } else { format!("{}.{:02} 元", fen / 100, fen % 100) }
}
