//! Enforcement cases (行政处罚案件): opened, taken through the procedures of `law` step by step, closed and archived.
//!
//! Nouns: case (案件), party (当事人), handling officer (承办人), step (环节), period (期限).
//! Tables: `enforcement_case`, `case_party`, `case_officer`, `case_photo`, `case_step`, `case_clock`, `case_basis`,
//! `case_weighing`, `case_deviation`, `case_watch_setting`, `case_agreement`, `case_delivery`, `case_remark`.
//!
//! Invariants:
//! - a case is a docket of its own kind; it changes only through one row of the table of `law`, in [`case`]'s one way through;
//! - what a step is done with is derived from who calls, certificates, times and what is planned, and asked for only where nothing tells;
//! - a matter from the library brings who enforces, the range and what comes first with it: none of them can be typed then;
//! - time takes its own steps, each once; nobody takes them in its place;
//! - no name or number of a party stands in the ledger, in events or in these tables: they are in the docket's vault.
//!
//! May know: kernel, database, docket, http, files, identity, catalogue, matters and law. Leads are asked
//! through the port [`LeadSource`], referrals through [`ReferralSource`].

pub mod case;
mod port;
mod readers;
mod rights;
mod routes;
mod scope;
mod service;

pub use case::{
    Agreement, CaseCourse, CaseFile, CaseFine, CaseHolding, CaseLawChoice, CaseParty, CaseResult, CaseStepContent, ConcludedCase,
    ConcludedWanted, CourseStep, DecidedCase, DecisionServed, DecisionWords, Delivery, FollowedCase, FollowedStep, Held, HeldState,
    NewDelivery, OpenedCase, PartyAct, PartyCase, PartyClock, PartyOffer, PartyServed, PlanWords, PowerGiven, PowerOver, PowerUsed,
};
pub use port::{LeadFacts, LeadSource, ReferralFacts, ReferralSource};
pub use rights::rights;
pub use routes::routes;
pub use service::{Cases, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 15000, name: "case", sql: include_str!("../migrations/15000_case.sql") },
    Migration { version: 15001, name: "case basis", sql: include_str!("../migrations/15001_basis.sql") },
    Migration { version: 15002, name: "case discretion", sql: include_str!("../migrations/15002_discretion.sql") },
    Migration { version: 15003, name: "case watch", sql: include_str!("../migrations/15003_watch.sql") },
    Migration { version: 15010, name: "service", sql: include_str!("../migrations/15010_service.sql") },
    Migration { version: 15020, name: "remark", sql: include_str!("../migrations/15020_remark.sql") },
    Migration { version: 15030, name: "service steps", sql: include_str!("../migrations/15030_service_steps.sql") },
    Migration { version: 15050, name: "concluded cases", sql: include_str!("../migrations/15050_concluded.sql") },
    Migration { version: 15040, name: "referral", sql: include_str!("../migrations/15040_referral.sql") },
];
