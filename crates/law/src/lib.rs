//! The law as code (法律规则): the procedures of enforcement cases (行政处罚案件) as pure code, the proof that no lawless step can be reached, and the
//! sums the law names. No database and no HTTP: what is allowed is decided here alone.

pub mod discretion;
pub mod procedure;
pub mod prove;
pub mod surcharge;
