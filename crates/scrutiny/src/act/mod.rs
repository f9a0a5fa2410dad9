//! What was answered on site (现场反馈), as this room keeps it: for ways between two answers, and for how replies are spread.

pub(crate) mod store;
