//! The docket room on a real database.

mod deadlines;
mod desk;
mod ledger;
mod numbers;
mod vault;
mod versions;
mod words;
