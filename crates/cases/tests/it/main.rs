//! The procedures, their proof, and the sums of the law.

mod surcharge;
