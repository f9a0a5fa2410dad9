//! Empowerment (镇街赋权): which matters a township enforces itself from which day on, by announcement; and transfers between bureaus (划转).

mod announce;
mod draft;
mod jurisdiction;
mod list;
mod rule;
mod standing;
mod store;

pub(crate) use announce::{__path_announce, announce};
pub(crate) use draft::{__path_discard, __path_draft, __path_drafts, discard, draft, drafts};
pub(crate) use jurisdiction::{__path_jurisdiction, jurisdiction};
pub(crate) use list::{__path_list, list};

pub(crate) use jurisdiction::Enforcing;
pub use rule::{Power, PowerAct, PowerHolder};
pub use standing::StandingPower;
