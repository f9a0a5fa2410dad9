//! Where a person stands towards a lead, and the facts that follow.

use docket::Header;
use http_api::Answer;
use identity::{Caller, Scope};
use sqlx::PgConnection;

use crate::{
    Leads, charge,
    joint::{self, JointState},
    layers,
    lead::{Facts, PhotoRole, record::LeadRecord},
    referral::{self, Neighbours, Referral, ReferralState},
    rights,
    settings::Snapshot,
};

/// What stands beside a lead's own row.
pub(crate) struct Beside {
    /// Its joint tasks.
    pub tasks: Vec<joint::Task>,
    /// Its last referral.
    pub referral: Option<Referral>,
    /// What its leader in charge instructed.
    pub instructions: Vec<charge::Instruction>,
    /// Where its unit stands among the levels.
    pub place: layers::Place,
    /// Its unit was switched off since.
    pub unit_off: bool,
}

impl Beside {
    /// Reads what stands beside a lead whose joint tasks are known.
    pub(crate) async fn of(leads: &Leads, connection: &mut PgConnection, header: &Header, tasks: Vec<joint::Task>) -> Answer<Self> {
        let key = header.key();
        let referral = referral::store::last(connection, &key).await?;
        let instructions = charge::store::of(connection, &key).await?;
        let tree = leads.identity().organisations().await?;
        let place = layers::Place::of(&tree, header.unit);
        let unit_off = header.unit.is_some_and(|unit| tree.get(unit).is_none_or(|unit| !unit.active));
        Ok(Self { tasks, referral, instructions, place, unit_off })
    }
}

/// Where a person stands towards a lead.
pub(super) struct Stance<'a> {
    /// Who he is.
    pub caller: &'a Caller,
    /// What he may see and do.
    pub scope: &'a Scope,
}

/// The facts for a person's offers.
pub(crate) fn facts_for(
    leads: &Leads,
    settings: &Snapshot,
    caller: &Caller,
    header: &Header,
    record: &LeadRecord,
    photo_roles: &[&str],
    beside: &Beside,
) -> Facts {
    let scope = caller.scope::<rights::FixLead>().or_else(|| caller.scope::<rights::Read>());
    let stance = scope.as_ref().map(|scope| Stance { caller, scope });
    facts(leads, settings, stance.as_ref(), header, record, photo_roles, beside)
}

/// What the guards need to know; without a stance, of the system itself.
pub(super) fn facts(
    leads: &Leads,
    settings: &Snapshot,
    stance: Option<&Stance<'_>>,
    header: &Header,
    record: &LeadRecord,
    photo_roles: &[&str],
    beside: &Beside,
) -> Facts {
    let count = |roles: &[PhotoRole]| photo_roles.iter().filter(|role| roles.iter().any(|wanted| wanted.code() == **role)).count();
    let me = stance.map(|stance| stance.caller.person.uuid());
    let in_unit = stance.is_none_or(|stance| stance.scope.covers_unit(header.unit));
    let named_other = header.holder_person.is_some() && header.holder_person != me;
    let leads_unit = stance.is_some_and(|stance| stance.caller.has_role(identity::Role::UnitLeader));
    let Beside { tasks, referral, instructions, place, unit_off } = beside;
    let has_it = |stance: &Stance<'_>| match header.unit.filter(|_| !unit_off) {
        Some(unit) => stance.caller.scope::<rights::FixLead>().is_some_and(|scope| scope.covers_unit(Some(unit))),
        None => stance.caller.may::<rights::DispatchLead>(),
    };
    let sent_back_before = header.unit.is_some_and(|unit| record.sent_back_by.contains(&unit));
    Facts {
        classified: record.class_code.is_some(),
        placed: record.grid.is_some(),
        before_photos: count(&[PhotoRole::Report, PhotoRole::Verify, PhotoRole::Before]),
        after_photos: count(&[PhotoRole::After]),
        handler_named: record.handler.is_some() && record.handler != me,
        sent_back_before,
        extension_pending: record.extension_hours.is_some(),
        extensions: u32::try_from(record.extensions).unwrap_or(u32::MAX),
        check_passed: record.check_passed,
        suspended_from: record.suspended_from.as_deref().and_then(|code| code.parse().ok()),
        actor_reported: me.is_some() && record.reporter_person == me,
        actor_holds: in_unit && (!named_other || leads_unit),
        by_rule: stance.is_none(),
        reporter_may_check: leads.reporter_may_check(),
        follower_missing: record.follower.is_none() && settings.needs_follower(&record.source),
        joint_open: u32::try_from(tasks.iter().filter(|task| task.state().is_open()).count()).unwrap_or(u32::MAX),
        joint_asked: tasks.iter().any(|task| task.state() == JointState::Asked),
        joint_taken: stance.and_then(|stance| joint::mine(tasks, stance.scope)).map(|task| task.state() == JointState::Taken),
        closing_held: !record.closing_holds.is_empty(),
        neighbours: leads.neighbours().is_some_and(Neighbours::any),
        referred_from: referral.as_ref().and_then(|referral| referral.from_state.parse().ok()),
        referral_ended: referral.as_ref().is_some_and(|referral| referral.state() == ReferralState::Ended),
        charged: record.leader.is_some(),
        actor_in_charge: record.leader.is_some() && record.leader == me,
        instructions_open: u32::try_from(instructions.iter().filter(|one| one.answered_at.is_none()).count()).unwrap_or(u32::MAX),
        actor_answers: stance.is_none_or(has_it),
        level_above: place.above,
        units_below: place.below,
        raised_here: record.raised_from.is_some(),
        raised_before: header.unit.is_some_and(|unit| record.raised_by.contains(&unit)),
    }
}
