//! The account that fines are paid into (收款账户): set by a person, in versions; never invented.

pub(crate) mod set;
pub(crate) mod store;
