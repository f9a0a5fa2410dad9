//! The one way through for every step of a case: scope, lock, right, what it is done with, the table, change, ledger, periods, event.

use chrono::{DateTime, Utc};
use docket::{Actor as Doer, Change, Event, Header, Holder, KeyOf, NewEntry, ledger::payload};
use http_api::Answer;
use identity::{Caller, Scope};
use kernel::{clock::shanghai, id::PersonId, problem::Problem};
use law::procedure::{Action, Actor, Attempt, Case, Clock, Clocks, Refused, Remedy, State, Transition};
use serde_json::json;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    CHANGED, KIND, bars, basis, clocks,
    content::CaseStepContent,
    derive::Known,
    discretion, limits, not_found,
    record::{Dossier, OfficerRow},
    service, store,
    words::waits_for,
};
use crate::{Cases, rights, scope::covers};

/// Who takes a step: a person within his scope, a party, a period that ended, or a part of the program that knows it happened.
pub(super) enum Who<'a> {
    Person(&'a Caller, &'a Scope),
    /// A party on his own page: only what the table gives the party to do.
    Party,
    Time(Clock),
    House(&'static str),
}

/// Whether a caller holds the right that a row's actor needs; time has no person.
pub(super) fn may(caller: &Caller, actor: Actor) -> bool {
    match actor {
        Actor::Officers | Actor::Technician => caller.may::<rights::HandleCases>(),
        Actor::Head | Actor::Heads => caller.may::<rights::ApproveCases>(),
        Actor::Reviewer => caller.may::<rights::ReviewCases>(),
        Actor::Host => caller.may::<rights::HostHearings>(),
        Actor::Clerk | Actor::Party | Actor::Police | Actor::Court | Actor::Other => caller.may::<rights::ClerkCases>(),
        Actor::Time => false,
    }
}

/// Why a caller without the right may not.
fn not_yours(row: &Transition) -> Problem {
    match row.actor {
        Actor::Time => Problem::conflict("time-only", format!("“{}”只在期限届满时由系统记载，不能由人办理", row.action.label()))
            .citing(row.article)
            .cured_by("等待期限届满", None),
        _ => Problem::forbidden("case-step-not-yours", format!("“{}”由{}办理", row.action.label(), row.actor.label())).citing(row.article),
    }
}

/// Everything that stands against a step, as one problem: the first in its head, all of them among its fields.
pub(super) fn refused(all: Vec<Refused>) -> Problem {
    let Some(first) = all.first() else {
        return Problem::internal("refused-by-nothing", "办理被拒绝，但没有说明理由，请联系管理员");
    };
    let mut problem =
        Problem::conflict(first.refusal.code, format!("{}。{}", first.refusal.reason, first.cure)).cured_by(first.cure.clone(), first.from);
    problem.citation = first.refusal.citation.map(str::to_owned);
    if all.len() > 1 {
        for one in &all {
            problem = problem
                .field(one.refusal.code, format!("{}（{}）。{}", one.refusal.reason, one.refusal.citation.unwrap_or_default(), one.cure));
        }
    }
    problem
}

/// People of one role looked at for one ground at most: more than a county employs.
const MOST_PEOPLE: i64 = 2_000;

/// What derivation reads beside the dossier, of the caller and everybody named.
pub(super) struct Gathered {
    certificates: std::collections::HashMap<Uuid, identity::Certificate>,
    heads: Vec<Uuid>,
    officers: Vec<Uuid>,
    reviewers: Vec<Uuid>,
    fined_before: bool,
}

impl Gathered {
    pub async fn of(
        room: &Cases,
        connection: &mut PgConnection,
        header: &Header,
        dossier: &Dossier,
        caller: Uuid,
        named: &[Uuid],
    ) -> Answer<Self> {
        let mut people: Vec<Uuid> = dossier.officers.iter().map(|officer| officer.person).collect();
        people.push(caller);
        people.extend(named);
        Ok(Self {
            certificates: room.identity().certificates_of(connection, &people).await?,
            heads: active(room, connection, header, "leader").await?,
            officers: active(room, connection, header, "officer").await?,
            reviewers: active(room, connection, header, "legal_reviewer").await?,
            fined_before: store::fined_before(connection, &header.key(), dossier).await?,
        })
    }

    pub fn known<'a>(&'a self, room: &'a Cases, dossier: &'a Dossier, caller: Uuid, now: DateTime<Utc>) -> Known<'a> {
        Known {
            dossier,
            caller,
            now,
            calendar: room.calendar(),
            certificates: &self.certificates,
            heads: &self.heads,
            officers: &self.officers,
            reviewers: &self.reviewers,
            fined_before: self.fined_before,
        }
    }
}

/// The people of a role who work on a case's ground today: who left is none of them.
async fn active(room: &Cases, connection: &mut PgConnection, header: &Header, role: &str) -> Answer<Vec<Uuid>> {
    let people = room.identity().people_of(connection, &[role], None, Some(&header.jurisdiction), MOST_PEOPLE).await?;
    Ok(people.into_iter().map(PersonId::uuid).collect())
}

/// The row that a step is; refuses where there is none here.
fn row_of(room: &Cases, case: &Case, action: Action, clocks: &Clocks) -> Result<&'static Transition, Problem> {
    match room.table().row(case, action) {
        Some(row) => Ok(row),
        None => Err(match room.table().apply(case, action, &Attempt::default(), clocks) {
            Err(all) => refused(all),
            Ok(_) => Problem::internal("row-unknown", "该环节无法识别，请联系管理员"),
        }),
    }
}

/// What the content adds to the facts before the step: a case is found to be complex, or to need review; never the other way.
fn raised(case: &Case, content: &CaseStepContent) -> Result<Case, Problem> {
    let mut raised = *case;
    raised.complex |= content.complex == Some(true);
    raised.review_due |= content.review_due == Some(true);
    if raised != *case && !(case.track == law::procedure::Track::Ordinary && case.state == State::Investigating) {
        let why = "普通程序的案件在调查取证阶段认定情节复杂或者应当法制审核；其他程序先转为普通程序";
        return Err(Problem::conflict("complex-not-here", why).citing("行政处罚法第五十七条第二款、第五十八条第一款"));
    }
    Ok(raised)
}

/// Takes a step in the caller's transaction.
///
/// # Errors
/// `case-not-found`, `version-conflict`, `case-step-not-yours`, `time-only`, `field-required`, or the guard that refuses.
pub(super) async fn carry_out(
    room: &Cases,
    connection: &mut PgConnection,
    key: &KeyOf,
    seen: Option<i64>,
    who: &Who<'_>,
    action: Action,
    content: CaseStepContent,
) -> Answer<()> {
    let now = room.clock().now();
    let locked = docket::lock(connection, key, seen).await?.ok_or_else(not_found)??;
    if let Who::Person(_, scope) = who
        && !covers(scope, &locked.header)
    {
        return Err(not_found().into());
    }
    let mut dossier = store::dossier(connection, key).await?.ok_or_else(not_found)?;
    let clocks = clocks::running(room.calendar(), &dossier.clocks);
    let before = raised(dossier.facts(), &content)?;
    let row = row_of(room, &before, action, &clocks)?;
    let With { attempt, joining, against: beside } = match who {
        Who::Time(_) => With::default(),
        Who::House(_) => {
            bars::entered(row, &dossier, &content, now)?;
            content.fits(action)?;
            With::default()
        }
        Who::Party => {
            if !super::party::takes(row) {
                return Err(not_yours(row).into());
            }
            bars::entered(row, &dossier, &content, now)?;
            With { attempt: Attempt { consent: content.agreed == Some(true), ..Attempt::default() }, ..With::default() }
        }
        Who::Person(caller, _) => {
            if !may(caller, row.actor) {
                return Err(not_yours(row).into());
            }
            bars::takes(caller, &dossier, row)?;
            content.fits(action)?;
            let today = now.with_timezone(&shanghai()).date_naive();
            basis::choice::settle(room, connection, key, &mut dossier, (action, today), content.law_choice.as_ref()).await?;
            with_what(room, connection, key, &locked.header, &dossier, caller, row, &content).await?
        }
    };
    let mut against = room.table().refusals(row, &before, &attempt, &clocks);
    against.extend(beside);
    if !against.is_empty() {
        return Err(refused(against).into());
    }
    let after = row.after(&before, &attempt);
    keep_content(&mut dossier, row, &content, &after, now);
    let reached = service::counted(room.calendar(), row, attempt.mode, &content, &dossier.served, now);
    let payable = dossier.record.plan.as_ref().is_some_and(|plan| plan.is_payable());
    let orders = clocks::follow(&before, &after, action, &content, (now, reached), &dossier.clocks, payable)?;
    if let Who::Time(clock) = who {
        clocks::store::end(connection, key, now, &[*clock], true).await?;
    }
    clocks::store::end(connection, key, now, &orders.stop, false).await?;
    for (clock, measure, from) in orders.start {
        let Some(period) = clocks::period(clock, measure) else { continue };
        let due = kernel::deadline::statutory::due(room.calendar(), period, from).due_at.with_timezone(&Utc);
        clocks::store::start(connection, key, clock, measure, (from, due)).await?;
    }
    clocks::store::look_again(connection, key).await?;
    for officer in joining {
        store::insert_officer(connection, key, &officer).await?;
    }
    if action == Action::DecideRecusal {
        store::recuse(connection, key, content.recused.as_deref().unwrap_or_default()).await?;
    }
    dossier.record.facts = Json(after);
    store::update(connection, key, &dossier.record).await?;
    let (person, role) = match who {
        Who::Person(caller, _) => (Some(caller.person), caller.roles.first().cloned()),
        Who::Party | Who::Time(_) | Who::House(_) => (None, None),
    };
    let (given, derived) = (json!(content), json!(attempt));
    let step = store::NewStep {
        action: action.code(),
        at: now,
        person: person.map(PersonId::uuid),
        content: &given,
        attempt: &derived,
        before: before.state.code(),
        after: after.state.code(),
    };
    store::insert_step(connection, key, &step).await?;
    let actor = match (who, person) {
        (Who::Party, _) => Doer::Public,
        (Who::House(part), _) => Doer::System(part),
        (_, person) => person.map_or(Doer::System("scheduler"), Doer::Person),
    };
    let line = payload([
        ("content", given.clone()),
        ("with", json!(attempt.words(row.asks))),
        ("from", json!(before.state.code())),
        ("to", json!(after.state.code())),
        ("article", json!(row.article)),
    ]);
    let mut change = Change {
        state: Some(after.state.code()),
        open: Some(!after.state.is_final()).filter(|open| *open != locked.header.open),
        holder: Some(holder_of(&after, &dossier)),
        details: true,
        entries: vec![NewEntry { actor, role, action: action.code(), place: None, payload: line }],
        deadlines: limits::follow(room.calendar(), Some(&before), &after, now, &locked.deadlines),
        ..Change::default()
    };
    let header = locked.after(now, &change);
    change.events.push(Event { topic: CHANGED, payload: told(&header, action.code()) });
    locked.change(connection, now, change).await?;
    Ok(())
}

/// What a person takes a step with, the officers who join the case by it, and what stands against it beside the table.
#[derive(Default)]
struct With {
    attempt: Attempt,
    joining: Vec<OfficerRow>,
    against: Vec<Refused>,
}

/// Derives what a step is taken with.
#[expect(clippy::too_many_arguments, reason = "everything a step is judged by")]
async fn with_what(
    room: &Cases,
    connection: &mut PgConnection,
    key: &KeyOf,
    header: &Header,
    dossier: &Dossier,
    caller: &Caller,
    row: &Transition,
    content: &CaseStepContent,
) -> Answer<With> {
    let (me, now) = (caller.person.uuid(), room.clock().now());
    let named = content.officers.clone().unwrap_or_default();
    let gathered = Gathered::of(room, connection, header, dossier, me, &named).await?;
    let known = gathered.known(room, dossier, me, now);
    let attempt = known.attempt(row, content)?;
    bars::entered(row, dossier, content, now)?;
    service::check(row, content, &dossier.served, now)?;
    let mut against = bars::beside(room.table(), row, dossier, me, known.crew_of(content), now);
    let standing = discretion::Standing::of(room, connection, key, dossier).await?;
    against.extend(bars::weighed(row, dossier, &standing, content.plan.as_ref(), me));
    if content.recused.iter().flatten().any(|person| !dossier.officers.iter().any(|officer| officer.person == *person)) {
        return Err(Problem::invalid("officer-unknown", "所列人员不是本案的承办人").field("recused", "不是本案的承办人").into());
    }
    if row.action == Action::ScreenLegally && store::last_actor(connection, key, Action::ScreenTechnically.code()).await? == Some(me) {
        return Err(Problem::conflict("record-reviewed", "技术审核和法制审核应当由两人分别完成").citing(row.article).into());
    }
    if row.actor != Actor::Officers {
        return Ok(With { attempt, joining: Vec::new(), against });
    }
    let crew = known.crew(content);
    if !crew.contains(&me) {
        let why = "您不是本案的承办人；由承办人办理，或者与承办人一起办理并列明全部执法人员";
        return Err(Problem::forbidden("not-among-officers", why).citing("行政处罚法第四十二条第一款").into());
    }
    // A case is not taken over by who likes: one of its handlers takes part, as long as one is left.
    let handlers = known.handlers();
    if !handlers.is_empty() && !crew.iter().any(|person| handlers.contains(person)) {
        let why = "所列执法人员中没有本案的承办人；与承办人一起办理并列明全部执法人员";
        return Err(Problem::forbidden("not-among-officers", why).citing("行政处罚法第四十二条第一款").into());
    }
    let joining = crew.into_iter().filter(|person| !dossier.officers.iter().any(|officer| officer.person == *person));
    let mut rows = Vec::new();
    for person in joining {
        if !known.officers.contains(&person) {
            return Err(Problem::invalid("officer-unknown", "所列人员中有不在本辖区的执法人员")
                .field("officers", "不是本辖区的执法人员")
                .into());
        }
        let certificate = gathered.certificates.get(&person);
        rows.push(OfficerRow {
            person,
            certificate: certificate.and_then(|it| it.number.clone()),
            valid_until: certificate.and_then(|it| it.valid_until),
            recused: false,
            joined_at: now,
        });
    }
    Ok(With { attempt, joining: rows, against })
}

/// What the step's content changes of the case's own row.
fn keep_content(dossier: &mut Dossier, row: &Transition, content: &CaseStepContent, after: &Case, now: DateTime<Utc>) {
    let record = &mut dossier.record;
    if let Some(plan) = &content.plan {
        record.plan = Some(Json(plan.clone()));
    }
    match row.action {
        Action::ServeNotice | Action::TellOnSpot => record.told = record.plan.clone(),
        Action::CallHearing => record.hearing_at = content.hearing_at,
        Action::Decide | Action::DecideOnSpot => {
            record.decided_at = Some(now);
            record.fined = record.plan.as_ref().is_some_and(|plan| plan.fines());
        }
        Action::Changed => record.fined = record.plan.as_ref().is_some_and(|plan| plan.fines()),
        _ => {}
    }
    if after.remedy == Remedy::Revoked {
        record.fined = false;
    }
}

/// Who must act next, as lists and to-do find it.
pub(super) fn holder_of(case: &Case, dossier: &Dossier) -> Holder {
    match waits_for(case) {
        Actor::Head | Actor::Heads => Holder::role("leader"),
        Actor::Reviewer | Actor::Host => Holder::role("legal_reviewer"),
        Actor::Time if case.state.is_final() => Holder::NOBODY,
        _ => {
            let officer = dossier.officers.iter().find(|officer| !officer.recused);
            Holder { role: None, unit: None, person: Some(officer.map_or(dossier.record.opened_by, |officer| officer.person).into()) }
        }
    }
}

/// What is said of a case to others: no words of anybody.
pub(super) fn told(header: &Header, action: &str) -> serde_json::Value {
    json!({
        "kind": KIND, "number": header.number, "state": header.state, "action": action, "jurisdiction": header.jurisdiction,
        "unit": header.unit, "holder_role": header.holder_role, "holder_person": header.holder_person, "due_at": header.due_at,
        "version": header.version, "simulated": header.simulated,
    })
}
