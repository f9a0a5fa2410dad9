//! The procedures, their proof, and the sums of the law.

mod discretion;
mod procedure;
mod prove;
mod sheet;
mod surcharge;
