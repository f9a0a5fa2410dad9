//! Campaigns (全域整治): one exposure, and every unit grid of an area is looked at, to the last one (一地曝光、全域整治).
//!
//! Nouns: campaign (全域整治), grid check (网格排查). Tables: `campaign`, `campaign_grid`.
//!
//! Invariants:
//! - the grids of a campaign are those of its area when it began, each checked once;
//! - what a collector finds is a lead like every other, reported once however often it is sent;
//! - a campaign ends by a person's word, and with grids unchecked only with a reason.

mod campaign;
mod check;
mod readers;
mod rights;
mod routes;
mod scope;
mod service;
mod store;

pub use rights::rights;
pub use routes::routes;
pub use service::{Campaigns, Parts};

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 14000, name: "campaign", sql: include_str!("../migrations/14000_campaign.sql") }];
