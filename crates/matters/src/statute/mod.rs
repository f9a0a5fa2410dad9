//! Statutes (法规): texts by title and date, article by article.

pub mod import;
pub mod parse;
mod read;
pub mod reference;
mod search;
pub(crate) mod store;

pub(crate) use read::{__path_list, __path_read, list, read};
pub(crate) use search::{__path_search, search};
