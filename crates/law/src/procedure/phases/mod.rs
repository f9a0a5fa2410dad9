//! The rows of the table, a file a phase; each row and guard with its article.

mod closing;
mod decision;
mod defence;
mod execution;
mod filing;
mod general;
mod hearing;
mod investigation;
mod no_penalty;
mod notice;
mod off_site;
mod on_spot;
mod police;
mod property;
mod remedy;
mod soft;

use super::{Actor, Guard, Transition};

/// Every row, phase by phase.
pub(super) const ALL: &[&[Transition]] = &[
    filing::STEPS,
    off_site::STEPS,
    soft::STEPS,
    on_spot::STEPS,
    investigation::STEPS,
    property::STEPS,
    police::STEPS,
    no_penalty::STEPS,
    notice::STEPS,
    defence::STEPS,
    hearing::STEPS,
    decision::STEPS,
    execution::STEPS,
    remedy::STEPS,
    closing::STEPS,
];

/// What stands against every act of the organ but `SettleSeizure`, which is its cure.
pub(super) const EVERYWHERE: &Guard = &property::SEIZURE_IN_TERM;

/// Whether the organ itself acts.
pub(super) const fn by_the_organ(actor: Actor) -> bool {
    matches!(actor, Actor::Officers | Actor::Head | Actor::Heads | Actor::Reviewer | Actor::Host | Actor::Technician | Actor::Clerk)
}
