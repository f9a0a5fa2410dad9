//! The one way through for every action on a notice: scope, lock, guards, change, ledger, limits, event.

use chrono::{DateTime, Utc};
use docket::{Actor, Change, Event, Header, Holder, KeyOf, NewEntry};
use http_api::{Answer, ApiProblem};
use identity::{Caller, Scope};
use kernel::{id::OrganisationId, problem::Problem, procedure::Procedure};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    CHANGED, JUDGE_HOURS, NextHolder, NoticeFacts, NoticeLimit, NoticeProcedure, NoticeState, NoticeVerb, Stage, clock, not_found,
    open::told,
    store::{self, NoticeRecord},
};
use crate::{Pressure, rights, scope::covers};

/// What an action changes of the notice's own row, and when.
pub(super) type Edit = Box<dyn FnOnce(&mut NoticeRecord, DateTime<Utc>) + Send + Sync>;

/// An action ready to be carried out.
pub(super) struct Command {
    pub verb: NoticeVerb,
    pub payload: Value,
    pub photos: Vec<String>,
    pub edit: Edit,
}

/// Who acts: a person within his scope, or the house rule.
pub(super) enum Who<'a> {
    Person(&'a Caller, &'a Scope),
    Rule,
}

/// The facts of a notice for a caller.
pub(super) fn facts(who: &Who<'_>, header: &Header, stage: Stage, now: DateTime<Utc>) -> NoticeFacts {
    let ran_out = header.state == NoticeState::Issued.code() && header.due_at.is_some_and(|due| due <= now);
    let may = |stage: Stage| match who {
        Who::Rule => true,
        Who::Person(caller, _) => may_issue(caller, stage),
    };
    NoticeFacts {
        stage,
        actor_of_unit: match who {
            Who::Rule => false,
            Who::Person(caller, _) => header.unit.is_some_and(|unit| units_of(caller).contains(&unit)),
        },
        may_judge: may(stage),
        may_issue_next: stage.next().is_some_and(may),
        ran_out,
    }
}

/// The units that a caller replies for; none for who oversees.
pub(super) fn units_of(caller: &Caller) -> Vec<Uuid> {
    caller.scope::<rights::ReplyToNotices>().and_then(|scope| scope.units).unwrap_or_default()
}

/// Whether a caller may issue notices of this stage.
pub(super) fn may_issue(caller: &Caller, stage: Stage) -> bool {
    match stage {
        Stage::Prompt => caller.may::<rights::IssueNotices>(),
        Stage::Supervise => caller.may::<rights::Supervise>(),
        Stage::Account => caller.may::<rights::Account>(),
    }
}

/// A refusal as a problem.
pub(super) fn refused(refusal: kernel::procedure::Refusal) -> ApiProblem {
    let mut problem = Problem::conflict("action-refused", refusal.reason);
    problem.citation = refusal.citation.map(str::to_owned);
    problem.into()
}

/// The key of a notice within a scope.
pub(super) async fn find(room: &Pressure, scope: &Scope, id: Uuid) -> Answer<KeyOf> {
    let header = store::header(room.database().pool(), id).await?;
    Ok(header.filter(|header| covers(scope, header)).ok_or_else(not_found)?.key())
}

/// Carries a command out in the caller's transaction; answers the header before it and the notice's row after it.
pub(super) async fn carry_out(
    room: &Pressure,
    connection: &mut PgConnection,
    key: &KeyOf,
    seen: Option<i64>,
    who: &Who<'_>,
    command: Command,
) -> Answer<(Header, NoticeRecord)> {
    let now = room.clock().now();
    let locked = docket::lock(connection, key, seen).await?.ok_or_else(not_found)??;
    if let Who::Person(_, scope) = who
        && !covers(scope, &locked.header)
    {
        return Err(not_found().into());
    }
    let mut record = store::record(&mut *connection, &key.region, key.id.uuid()).await?.ok_or_else(not_found)?;
    let stage = stage_of(&record)?;
    let state = store::state_of(&locked.header)?;
    let step = NoticeProcedure::apply(state, &facts(who, &locked.header, stage, now), &command.verb).map_err(refused)?;
    (command.edit)(&mut record, now);
    let mut change =
        Change { state: Some(step.to.code()), open: (!step.to.is_open()).then_some(false), details: true, ..Change::default() };
    change.deadlines = clock::end(now, &locked.deadlines, command.verb == NoticeVerb::Withdraw);
    change.holder = Some(match step.holder {
        NextHolder::Unit => Holder { role: None, unit: locked.header.unit.map(OrganisationId::from), person: None },
        NextHolder::Issuer => Holder::role(stage.role()),
        NextHolder::Nobody => Holder::NOBODY,
    });
    match step.to {
        NoticeState::Replied => {
            change.deadlines.push(clock::start(room.calendar(), now, &locked.deadlines, NoticeLimit::Judge, JUDGE_HOURS))
        }
        NoticeState::Returned => {
            let hours = u32::try_from(record.reply_hours).unwrap_or(JUDGE_HOURS);
            change.deadlines.push(clock::start(room.calendar(), now, &locked.deadlines, NoticeLimit::Reply, hours));
        }
        _ => {}
    }
    let (actor, role) = match who {
        Who::Person(caller, _) => (Actor::Person(caller.person), caller.roles.first().cloned()),
        Who::Rule => (Actor::System("supervision"), None),
    };
    change.entries.push(NewEntry { actor, role, action: command.verb.code(), place: None, payload: command.payload });
    let after = locked.after(now, &change);
    change.events.push(Event { topic: CHANGED, payload: told(&after, stage, command.verb.code()) });
    store::update(connection, key, &record).await?;
    store::insert_photos(connection, key, now, &command.photos).await?;
    if !step.to.is_open() {
        store::release(connection, key).await?;
    }
    let before = locked.header.clone();
    locked.change(connection, now, change).await?;
    Ok((before, record))
}

/// The stage in a notice's row.
pub(super) fn stage_of(record: &NoticeRecord) -> Result<Stage, Problem> {
    record.stage.parse().map_err(|()| Problem::internal("stage-unknown", "该文书的种类无法识别，请联系管理员"))
}
