//! How long each kind of data is kept (保存期限), and the run that drops what is due.
//!
//! A kind for which the city set no days is kept. A lead that is disputed, suspected, held or asked about is spared.

pub(crate) mod hold;
mod kind;
pub(crate) mod preview;
pub(crate) mod run;
pub(crate) mod runs;
pub(crate) mod setting;
mod spare;
mod store;

pub use spare::{Disputes, MachineEvents};

pub(crate) use kind::Retained;
