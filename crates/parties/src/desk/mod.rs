//! What officers see and do of the party's page, on the page of their case (案件页上的当事人页面).

pub(crate) mod deliver;
pub(crate) mod file;
pub(crate) mod judge;
pub(crate) mod show;
