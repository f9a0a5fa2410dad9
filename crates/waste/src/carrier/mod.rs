//! Carriers (运输企业). They are settings, with a history.

pub(crate) mod list;
pub(crate) mod save;
pub(crate) mod store;

use kernel::problem::Problem;

/// The problem of a carrier that is not there for the caller.
pub(crate) fn no_carrier() -> Problem {
    Problem::not_found("waste-carrier-not-found", "没有这家运输企业，或者不在您的查看范围内")
}
