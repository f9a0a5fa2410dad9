//! Rule sets (派遣规则版本): dispatch rules are edited as a draft, tried on the filings of the last 90 days, published whole, and given back.
//!
//! Tables: `dispatch_rule_set`, `dispatch_draft`, `dispatch_what_if`, `dispatch_what_if_lead`; the draft's own rules stand in
//! `dispatch_rule`. Invariants: what decides is the set with the highest number, and a published set never changes; going back makes a new
//! set; whoever publishes covers the ground of every rule that changes; at most one replay works at a time, and it changes no lead.

mod difference;
mod draft;
mod publish;
mod replay;
mod sets;
pub(crate) mod store;
mod what_if;
mod what_if_leads;
mod work;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Leads;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(draft::show))
        .routes(routes!(draft::discard))
        .routes(routes!(sets::list, publish::publish))
        .routes(routes!(sets::show))
        .routes(routes!(publish::restore))
        .routes(routes!(what_if::ask))
        .routes(routes!(what_if::show))
        .routes(routes!(what_if::cancel))
        .routes(routes!(what_if_leads::leads_of))
}
