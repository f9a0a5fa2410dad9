//! Who on duty is nearest to a lead (就近值班人员): by where he is, where he shares it, and by his unit's ground where he does not.
//!
//! Tables: `duty_position`, `duty_position_setting`. Invariants: a place is taken only while the district lets it be shared and the person is on
//! duty by the roster; of a person the last one alone is kept, for hours, and never longer than his turn; no answer holds a place, only how far
//! it is from a lead; no list, export, event, ledger line or log holds it either.

mod rank;
mod setting;
mod share;
mod show;
pub(crate) mod store;
mod work;

use chrono::{DateTime, Utc};
use identity::OrganisationTree;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{Leads, settings::Duty};

/// Whether people on duty may share where they are, and for how many hours a place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sharing {
    pub on: bool,
    pub hours: i16,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { on: false, hours: 2 }
    }
}

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new()
        .routes(routes!(share::own, share::share, share::stop))
        .routes(routes!(show::nearest))
        .routes(routes!(setting::show, setting::replace))
}

/// Until when somebody is on duty by the roster: named himself, or of a unit whose turn names nobody.
pub(crate) fn on_duty_until(
    duty: &[Duty],
    tree: &OrganisationTree,
    (person, unit): (Uuid, Uuid),
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let runs = |turn: &&Duty| turn.from_at <= now && now < turn.to_at;
    let his = |turn: &&Duty| turn.person_id.map_or_else(|| tree.is_within(unit, turn.unit_id), |named| named == person);
    duty.iter().filter(runs).filter(his).map(|turn| turn.to_at).max()
}
