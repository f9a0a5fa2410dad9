//! Visitors received (接访): who received them about a lead, when, what was said, when they come again, what they were told.
//!
//! Table: `reception`, added to only; the history of the lead says that and when, never what: the words stand here alone, and telephones in them
//! are hidden.

pub(crate) mod enter;
pub(crate) mod store;
