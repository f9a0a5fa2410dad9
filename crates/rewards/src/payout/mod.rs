//! Payouts (发放批次): files for the finance system, and what it says came of them.

pub(crate) mod confirm;
pub(crate) mod create;
pub(crate) mod file;
pub(crate) mod list;
pub(crate) mod store;

use kernel::problem::Problem;

pub(crate) fn not_found() -> Problem {
    Problem::not_found("reward-payout-not-found", "没有找到这个发放批次")
}
