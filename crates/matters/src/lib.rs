//! The legal library (法律库): matters (执法事项) in versions, discretion benchmarks (裁量基准), empowerment of townships (镇街赋权), and
//! statutes (法规).
//!
//! Tables: `matter_version`, `matter_library`, `benchmark_version`, `empowerment`, `empowerment_draft`, `statute`, `statute_article`.
//!
//! Invariants:
//! - a published version never changes; the newest that covers a day holds on that day, and a correction is a new version;
//! - a row that was replaced is of no use for later acts until somebody filled in the new article;
//! - an announcement of empowerment and an imported statute are only added; another text under a title and date is refused;
//! - a benchmark is published when another person than its author reviewed it, and from today on at the earliest;
//! - who has a power on a day follows from the announcements alone, and the one that decides is named.

mod benchmark;
mod body;
mod empowerment;
mod error;
mod ground;
pub mod law;
mod library;
mod matter;
mod rights;
mod routes;
#[cfg(test)]
mod sample;
mod service;
mod statute;

use database::Migration;

pub use benchmark::BenchmarkInForce;
pub use empowerment::{Power, PowerAct, PowerHolder, StandingPower};
pub use error::MattersError;
pub use ground::{Ground, GroundAnnouncement, OwnedChoice};
pub use matter::{
    FineCondition, FineParty, FinePrecondition, FineRange, HearingHint, MatterFacts, MatterRank, MatterRow, MatterStatus, MatterTarget,
    MatterVerified, SimpleUse, Version, on, shipped,
};
pub use rights::{ManageBenchmarks, ManageLaw, ReadLaw, ReviewBenchmarks, rights};
pub use routes::routes;
pub use service::Matters;
pub use statute::{
    import::{LawFile, LawOutcome},
    parse::{Article, NotAStatute, Statute, paragraphs, parse as parse_statute, short_title},
    reference::{Reference, parse as parse_reference},
};

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 16000, name: "matters", sql: include_str!("../migrations/16000_matters.sql") },
    Migration { version: 16001, name: "benchmark", sql: include_str!("../migrations/16001_benchmark.sql") },
    Migration { version: 16002, name: "withdrawal draft", sql: include_str!("../migrations/16002_withdrawal_draft.sql") },
];
