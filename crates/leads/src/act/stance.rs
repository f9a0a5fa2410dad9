//! Where a person stands towards a lead, and the facts that follow.

use docket::Header;
use identity::{Caller, Scope};

use crate::{
    Leads,
    joint::{self, JointState},
    lead::{Facts, PhotoRole, record::LeadRecord},
    referral::{Neighbours, Referral, ReferralState},
    rights,
    settings::Snapshot,
};

/// Where a person stands towards a lead.
pub(super) struct Stance<'a> {
    /// Who he is.
    pub caller: &'a Caller,
    /// What he may see and do.
    pub scope: &'a Scope,
}

/// The facts for a person's offers.
#[expect(clippy::too_many_arguments, reason = "everything that a lead consists of")]
pub(crate) fn facts_for(
    leads: &Leads,
    settings: &Snapshot,
    caller: &Caller,
    header: &Header,
    record: &LeadRecord,
    photo_roles: &[&str],
    tasks: &[joint::Task],
    referral: Option<&Referral>,
) -> Facts {
    let scope = caller.scope::<rights::FixLead>().or_else(|| caller.scope::<rights::Read>());
    let stance = scope.as_ref().map(|scope| Stance { caller, scope });
    facts(leads, settings, stance.as_ref(), header, record, photo_roles, tasks, referral)
}

/// What the guards need to know; without a stance, of the system itself.
#[expect(clippy::too_many_arguments, reason = "everything that a lead consists of")]
pub(super) fn facts(
    leads: &Leads,
    settings: &Snapshot,
    stance: Option<&Stance<'_>>,
    header: &Header,
    record: &LeadRecord,
    photo_roles: &[&str],
    tasks: &[joint::Task],
    referral: Option<&Referral>,
) -> Facts {
    let count = |roles: &[PhotoRole]| photo_roles.iter().filter(|role| roles.iter().any(|wanted| wanted.code() == **role)).count();
    let me = stance.map(|stance| stance.caller.person.uuid());
    let in_unit = stance.is_none_or(|stance| stance.scope.covers_unit(header.unit));
    let named_other = header.holder_person.is_some() && header.holder_person != me;
    let leads_unit = stance.is_some_and(|stance| stance.caller.has_role(identity::Role::UnitLeader));
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
        reporter_may_check: leads.reporter_may_check(),
        follower_missing: record.follower.is_none() && settings.needs_follower(&record.source),
        joint_open: u32::try_from(tasks.iter().filter(|task| task.state().is_open()).count()).unwrap_or(u32::MAX),
        joint_asked: tasks.iter().any(|task| task.state() == JointState::Asked),
        joint_taken: stance.and_then(|stance| joint::mine(tasks, stance.scope)).map(|task| task.state() == JointState::Taken),
        closing_held: !record.closing_holds.is_empty(),
        neighbours: leads.neighbours().is_some_and(Neighbours::any),
        referred_from: referral.and_then(|referral| referral.from_state.parse().ok()),
        referral_ended: referral.is_some_and(|referral| referral.state() == ReferralState::Ended),
    }
}
