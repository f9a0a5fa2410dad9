//! What anyone may do without an account: report, follow by code, rate, have one's name erased, see what was reported lately.

pub(crate) mod classes;
pub(crate) mod consent;
pub(crate) mod erase;
pub(crate) mod follow;
pub(crate) mod photo;
pub(crate) mod place;
pub(crate) mod rate;
pub(crate) mod receipt;
pub(crate) mod recent;
pub(crate) mod report;
pub(crate) mod store;
