//! Best handlers (办案能手): officers ranked by weights that the district sets and everybody sees. A rank says who handled much and well by the
//! weights; it decides nothing.

pub(crate) mod rank;
pub(crate) mod settings;
pub(crate) mod store;
