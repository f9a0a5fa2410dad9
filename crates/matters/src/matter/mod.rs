//! Matters (执法事项): one row is one chargeable conduct with one penalty rule; what is known of it in a version.

mod change;
mod codes;
mod columns;
mod draft;
mod export;
mod facts;
mod fine;
mod import;
mod list;
mod parse;
mod publish;
mod seed;
mod show;
pub(crate) mod store;
mod suggest;
mod version;

pub(crate) use change::reason;
pub(crate) use draft::{__path_discard, __path_save, discard, save};
pub(crate) use export::{__path_export, export};
pub(crate) use import::{__path_import, import};
pub(crate) use list::{__path_list, list};
pub(crate) use publish::{__path_publish, publish};
pub(crate) use seed::seed;
pub(crate) use show::{__path_show, show};
pub(crate) use suggest::{__path_suggest, Finder, suggest};

pub use codes::{FineCondition, FineParty, HearingHint, MatterRank, MatterStatus, MatterTarget, MatterVerified, SimpleUse};
pub use columns::MatterRow;
pub use facts::{FinePrecondition, MatterFacts};
pub use fine::FineRange;
pub(crate) use fine::yuan;
pub use seed::shipped;
pub use version::{Version, on};
