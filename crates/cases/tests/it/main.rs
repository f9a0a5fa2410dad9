//! The procedures, their proof, and the sums of the law.

mod procedure;
mod prove;
mod sheet;
mod surcharge;
