//! Referrals (案件线索移交、管罚衔接): what a supervising bureau, or the house itself out of a lead, puts before the case management centre; how the
//! centre splits it, and what became of it, on one file that both sides see.
//!
//! Nouns: referral (移交), way (分流去向), line (往来), request for assistance (协助请求), result (办理结果), feedback (监管反馈).
//! Tables: `case_referral`, `case_referral_line`, `case_referral_file`, `case_referral_photo`, `case_referral_ask`, `case_referral_setting`.
//!
//! Invariants:
//! - a referral is a docket of its own kind; it changes only through [`referral::ReferralProcedure`];
//! - a bureau sees the referrals that it asked, was given or is asked to assist in, and of a case nothing but steps, days and result;
//! - out of a referral at most one case is opened, in the transaction of the case, and what came with it is evidence of that case;
//! - the result of the case comes back by itself; of one lead at most one referral is open;
//! - who is suspected stands in the vault, and is shown with a reason that the ledger keeps.
//!
//! May know: kernel, database, docket, http, files, identity, catalogue, notify, matters, evidence, leads and cases. Documents are asked through
//! the port [`CasePapers`].

mod ports;
mod readers;
pub mod referral;
mod rights;
mod routes;
mod scope;
mod service;
mod setting;
mod sheet;
mod text;
mod told;

pub use ports::{CasePapers, ShownPaper};
pub use referral::Results;
pub use rights::rights;
pub use routes::routes;
pub use service::{Parts, Referrals};
pub use told::Told;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 23000, name: "referral", sql: include_str!("../migrations/23000_referral.sql") }];
