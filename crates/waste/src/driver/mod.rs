//! Drivers (驾驶员): who drives for a carrier, by what licence. Names and telephones are in the vault.

pub(crate) mod list;
pub(crate) mod reveal;
pub(crate) mod save;
pub(crate) mod store;

use kernel::problem::Problem;

/// The problem of a driver who is not there for the caller.
pub(crate) fn no_driver() -> Problem {
    Problem::not_found("waste-driver-not-found", "没有这名驾驶员，或者不在您的查看范围内")
}
