//! The docket room on a real database.

mod desk;
mod deadlines;
mod ledger;
mod numbers;
mod vault;
