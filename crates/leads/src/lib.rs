//! The lead loop (线索闭环): a problem in the city is reported, accepted, placed, dispatched, fixed, checked, closed and answered.
//!
//! Nouns: lead, photo, joint task, charge and instruction, level, hot spot, dispatch rule and rule set, precedent, intake setting, duty, class model. Invariants: a lead changes only through
//! [`lead::LeadProcedure`]; every change
//! and its ledger line, limits and events are one transaction; a source key makes one lead, however often it is sent.

mod acceptance;
mod act;
mod answer;
mod backlog;
mod caution;
mod charge;
mod class_model;
mod classes;
mod clocks;
mod course;
mod events;
mod holds;
mod hotspots;
mod hours;
mod import;
mod intake;
mod joint;
mod layers;
pub mod lead;
mod lights;
mod likeness;
mod list;
mod message;
mod nearest;
mod outside;
mod personal;
mod places;
mod precedent;
mod public;
mod publication;
mod readers;
pub mod receipt;
mod reception;
mod recount;
mod referral;
mod reply_check;
mod report;
mod rights;
mod routes;
mod rule_sets;
mod service;
mod settings;
mod source;
mod spool;
mod standing;
mod text_code;
mod told;
mod tracking;
mod view;
mod wall;

pub use act::seen_gone::SeenGone;
pub use backlog::{OpenAnswers, OpenByLight};
pub use course::{
    Course, CourseLimit, CourseTurn, Turn,
    evidence::{ClosedLead, Evidence, EvidenceAct, EvidencePhoto, EvidenceVerb, PhotoUse},
};
pub use holds::Scrutineer;
pub use import::{ImportReport, ImportState, Mapping, NewImport};
pub use intake::{Received, Report};
pub use lead::Source;
pub use list::export::{Exported, Format as ExportFormat, SmallTable, What as ExportWhat};
pub use list::row::{LeadRow, Named, NamedId, RowHolder, RowPlace, RowPosition};
pub use outside::{OutsideFilter, OutsideLead};
pub use personal::{ContactMatch, PersonalLead, PersonalPhoto, PersonalStep};
pub use public::consent::Notices;
pub use referral::{Neighbours, Prepared, ReferralToFollow, ReferralToSend, Seen, ToRefer};
pub use rights::rights;
pub use routes::routes;
pub use service::{Leads, Parts};
pub use source::SourceKind;
pub use spool::{Shelf, Taken, look as look_into_spool};
pub use standing::{RunningLimit, Standing};
pub use text_code::{HttpProvider, SimulatedProvider, TextMessages};
pub use told::Told;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 6000, name: "lead", sql: include_str!("../migrations/6000_lead.sql") },
    Migration { version: 6010, name: "import", sql: include_str!("../migrations/6010_import.sql") },
    Migration { version: 6020, name: "calendar", sql: include_str!("../migrations/6020_calendar.sql") },
    Migration { version: 6040, name: "erasure", sql: include_str!("../migrations/6040_erasure.sql") },
    Migration { version: 6050, name: "facets", sql: include_str!("../migrations/6050_facets.sql") },
    Migration { version: 6060, name: "sources", sql: include_str!("../migrations/6060_sources.sql") },
    Migration { version: 6070, name: "follower", sql: include_str!("../migrations/6070_follower.sql") },
    Migration { version: 6080, name: "likeness", sql: include_str!("../migrations/6080_likeness.sql") },
    Migration { version: 6090, name: "class_model", sql: include_str!("../migrations/6090_class_model.sql") },
    Migration { version: 6100, name: "source_senders", sql: include_str!("../migrations/6100_source_senders.sql") },
    Migration { version: 6110, name: "dispatch_rule_sets", sql: include_str!("../migrations/6110_dispatch_rule_sets.sql") },
    Migration { version: 6112, name: "joint_task", sql: include_str!("../migrations/6112_joint_task.sql") },
    Migration { version: 6114, name: "tracking_alias", sql: include_str!("../migrations/6114_tracking_alias.sql") },
    Migration { version: 6116, name: "text_code", sql: include_str!("../migrations/6116_text_code.sql") },
    Migration { version: 6118, name: "referral_post", sql: include_str!("../migrations/6118_referral_post.sql") },
    Migration { version: 6119, name: "unit_hours", sql: include_str!("../migrations/6119_unit_hours.sql") },
    Migration { version: 6130, name: "light_rule", sql: include_str!("../migrations/6130_light_rule.sql") },
    Migration { version: 6141, name: "charge", sql: include_str!("../migrations/6141_charge.sql") },
    Migration { version: 6142, name: "layers", sql: include_str!("../migrations/6142_layers.sql") },
    Migration { version: 6143, name: "joint_straight", sql: include_str!("../migrations/6143_joint_straight.sql") },
    Migration { version: 6144, name: "duty_position", sql: include_str!("../migrations/6144_duty_position.sql") },
    Migration { version: 6145, name: "instruction_withdrawn", sql: include_str!("../migrations/6145_instruction_withdrawn.sql") },
    Migration { version: 6146, name: "referred_number", sql: include_str!("../migrations/6146_referred_number.sql") },
    Migration { version: 6147, name: "reception", sql: include_str!("../migrations/6147_reception.sql") },
    Migration { version: 6150, name: "closing_holds", sql: include_str!("../migrations/6150_closing_holds.sql") },
    Migration { version: 6180, name: "referral", sql: include_str!("../migrations/6180_referral.sql") },
    Migration { version: 6160, name: "reply_check", sql: include_str!("../migrations/6160_reply_check.sql") },
    Migration { version: 6162, name: "dispatch_outcome", sql: include_str!("../migrations/6162_dispatch_outcome.sql") },
    Migration { version: 6131, name: "withheld_photo", sql: include_str!("../migrations/6131_withheld_photo.sql") },
    Migration { version: 6132, name: "data_held", sql: include_str!("../migrations/6132_data_held.sql") },
    Migration { version: 6164, name: "precedent", sql: include_str!("../migrations/6164_precedent.sql") },
];
