//! Loans (借阅), as they are kept.

mod store;

pub(crate) use self::store::{Listed, LoanRow, Wanted, expire, insert, inspected, list, reminded, to_remind, update, wanted_now};
