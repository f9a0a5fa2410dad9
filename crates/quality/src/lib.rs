//! Quality of cases (案卷评查与办案质量): files drawn by a published seed, scored by people who had no part in them, findings back to the
//! officers; case guides, model cases, best handlers, and how empowerment is used.
//!
//! Nouns: score sheet (评查标准) in versions, round (评查批次), candidate (候选案卷), file (案卷), score (评分), finding (评查问题), guide (办案指引),
//! model case (典型案例), handler (办案人员), use of a power (赋权使用).
//! Tables: `review_sheet`, `review_round`, `review_candidate`, `review_file`, `review_score`, `review_seat_change`, `review_finding`,
//! `quality_setting`, `case_guide`, `model_case`.
//!
//! Invariants:
//! - the list of candidates is hashed before the seed is set, and seen by whoever sets it; whoever has list and seed draws the same files and reviewers ([`draw`]);
//! - nobody scores, settles or judges a case that he had any part in; the tables refuse it too;
//! - what the program answers by itself is confirmed or contradicted by a person, with the evidence beside it;
//! - figures of a closed round are those of its closing, each with its denominator; nothing over nothing is no rate;
//! - nothing here changes a case.
//!
//! May know: kernel, database, docket, http, identity and matters. Cases, documents and evidence are asked through the port [`CaseRecords`].

pub mod auto;
pub mod draw;
mod file;
mod finding;
mod guide;
mod handlers;
mod port;
mod powers;
mod rights;
mod round;
mod routes;
mod scope;
mod service;
mod sheet;

pub use port::{
    Candidate, CaseRecords, CasesWanted, Course, CourseOfficer, CoursePaper, CourseStep, GuidedCase, PowerGiven, PowerUsed, RemedyEnded,
};
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Quality};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 24000, name: "review sheet", sql: include_str!("../migrations/24000_review_sheet.sql") },
    Migration { version: 24001, name: "review round", sql: include_str!("../migrations/24001_review_round.sql") },
    Migration { version: 24002, name: "review finding", sql: include_str!("../migrations/24002_review_finding.sql") },
    Migration { version: 24003, name: "guide", sql: include_str!("../migrations/24003_guide.sql") },
    Migration { version: 24004, name: "round announced", sql: include_str!("../migrations/24004_round_announced.sql") },
];
