//! Whether suspicions hold closing back (存疑暂缓结案), district by district.

mod change;
pub(crate) mod store;

pub(crate) use change::{__path_read, __path_save, read, save};
