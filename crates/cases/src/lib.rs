//! Enforcement cases (行政处罚案件): their procedures as pure code, the proof that no lawless step can be reached, and the
//! sums the law names. No database and no HTTP: what is allowed is decided here alone.

pub mod discretion;
pub mod procedure;
pub mod prove;
pub mod surcharge;
