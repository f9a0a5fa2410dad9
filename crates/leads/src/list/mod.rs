//! Lists of leads: search, queues, to-do, counts, export. Every one of them is filtered by the caller's scope.

pub(crate) mod counts;
pub(crate) mod export;
pub(crate) mod filter;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod store;
pub(crate) mod todo;
