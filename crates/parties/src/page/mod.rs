//! The page itself (当事人页面): what a party sees of his own case, and the files he sends from it.

pub(crate) mod document;
mod documents;
pub(crate) mod show;
pub(crate) mod store;
pub(crate) mod upload;
mod words;

use documents::served_on;
pub(crate) use documents::{COMPANIONS, DECISIONS, SERVED_KINDS};
