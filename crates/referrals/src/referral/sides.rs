//! On which side of a referral a caller stands (参与方).

use docket::Header;
use identity::{Caller, OrganisationTree, Scope};
use uuid::Uuid;

use super::{
    ReferralFacts, Way,
    store::{AskRow, ReferralRecord},
};
use crate::rights;

/// What a caller may see of a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Who enforces: everything.
    Inside,
    /// The bureau that asked or was given it: the file without what is said inside.
    Side,
    /// A bureau that is asked to assist: the facts and the requests to itself.
    Assistant,
}

/// Whether a unit is one of a bureau's own.
pub(super) fn of_units(scope: &Scope, unit: Option<Uuid>) -> bool {
    scope.units.as_ref().is_some_and(|units| unit.is_some_and(|unit| units.contains(&unit)))
}

/// What a caller, who may see the referral, sees of it.
pub(super) fn sight(scope: &Scope, record: &ReferralRecord) -> Sight {
    match scope.units {
        None => Sight::Inside,
        Some(_) if of_units(scope, Some(record.asker_unit)) || of_units(scope, record.target_unit) => Sight::Side,
        Some(_) => Sight::Assistant,
    }
}

/// Requests that the caller's bureau must answer.
pub(super) fn waits_for_answer<'a>(scope: &'a Scope, asks: &'a [AskRow]) -> impl Iterator<Item = &'a AskRow> {
    asks.iter().filter(|ask| ask.answered_at.is_none() && of_units(scope, Some(ask.unit)))
}

/// The facts of a referral for a caller with this scope.
pub(super) fn facts(
    caller: &Caller,
    scope: &Scope,
    tree: &OrganisationTree,
    header: &Header,
    record: &ReferralRecord,
    asks: &[AskRow],
) -> ReferralFacts {
    let inside = scope.units.is_none();
    let way: Option<Way> = record.way.as_deref().and_then(|way| way.parse().ok());
    let split = caller.scope::<rights::SplitReferrals>();
    let own = caller.organisation.uuid();
    let within = |unit: Uuid| tree.is_within(own, unit) || tree.is_within(unit, own);
    let taker = if inside {
        way.is_some_and(|way| way != Way::Bureau) && record.target_unit.is_some_and(within)
    } else {
        of_units(scope, record.target_unit)
    };
    ReferralFacts {
        asker: if inside { record.own && caller.may::<rights::OpenReferrals>() } else { of_units(scope, Some(record.asker_unit)) },
        centre: inside && split.is_some_and(|scope| scope.covers_region(&header.jurisdiction)),
        taker,
        asked: waits_for_answer(scope, asks).next().is_some(),
        inside,
        own: record.own,
        way,
    }
}
