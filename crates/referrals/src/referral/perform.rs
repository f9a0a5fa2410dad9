//! The one way through for every change of a referral: lock, guards, change, line, ledger, limits, event.

use chrono::{DateTime, Utc};
use docket::{Actor, Change, DeadlineWrite, Event, Header, Holder, KeyOf, Locked, NewEntry, ledger::payload};
use http_api::{Answer, ApiProblem};
use identity::{Caller, Scope};
use kernel::{
    id::OrganisationId,
    problem::Problem,
    procedure::{Procedure, Refusal},
};
use serde_json::{Value, json};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

use super::{
    CHANGED, KIND, MOST_ASKS, MOST_LINES, ReferralLimit, ReferralProcedure, ReferralState, ReferralVerb, clock,
    file::Arrived,
    not_found,
    sides::{facts, waits_for_answer},
    store::{self, AskRow, FileRow, LineRow, ReferralRecord},
};
use crate::{Referrals, setting, text};

/// Who splits referrals: the role that new ones wait for.
pub(super) const CENTRE: &str = "shift_leader";

/// What a person does, parsed.
pub(super) struct Act {
    pub verb: ReferralVerb,
    pub text: Option<String>,
    pub unit: Option<Uuid>,
    pub days: Option<u32>,
    pub ask: Option<i32>,
    pub files: Vec<Arrived>,
    /// What was derived when it was split.
    pub power: Option<Value>,
}

/// A refusal as a problem.
pub(super) fn refused(refusal: Refusal) -> ApiProblem {
    let mut problem = Problem::conflict("action-refused", refusal.reason);
    problem.citation = refusal.citation.map(str::to_owned);
    problem.into()
}

/// What is said of a referral to others: no words of anybody.
pub(super) fn told(header: &Header, record: &ReferralRecord, action: &str, asked: Option<Uuid>) -> Value {
    json!({
        "kind": KIND, "number": header.number, "state": header.state, "action": action, "jurisdiction": header.jurisdiction,
        "unit": header.unit, "asker_unit": record.asker_unit, "own": record.own, "target_unit": record.target_unit, "asked_unit": asked,
        "way": record.way, "holder_role": header.holder_role, "holder_unit": header.holder_unit, "due_at": header.due_at,
        "version": header.version, "simulated": header.simulated,
    })
}

/// Who must act in a state.
pub(super) fn holder(state: ReferralState, record: &ReferralRecord) -> Holder {
    let unit = |id: Option<Uuid>| Holder { role: None, unit: id.map(OrganisationId::from), person: None };
    match state {
        ReferralState::Submitted | ReferralState::Received => Holder::role(CENTRE),
        ReferralState::Returned | ReferralState::Answered if record.own => Holder::role(CENTRE),
        ReferralState::Returned | ReferralState::Answered => unit(Some(record.asker_unit)),
        ReferralState::Assigned | ReferralState::Away | ReferralState::Case => unit(record.target_unit),
        ReferralState::Closed | ReferralState::Withdrawn => Holder::NOBODY,
    }
}

/// Words, unit and reason that a verb must come with.
fn complete(act: &Act) -> Result<(), Problem> {
    let label = match act.verb {
        ReferralVerb::SplitHere | ReferralVerb::SplitTownship | ReferralVerb::SplitBureau => "分流理由",
        ReferralVerb::Refuse => "不予受理的理由和需要补正的内容",
        ReferralVerb::Resubmit => "补正的内容",
        ReferralVerb::Withdraw => "撤回理由",
        ReferralVerb::SendBack => "退回理由",
        ReferralVerb::Answer => "办理结果",
        ReferralVerb::Feedback => "监管结果",
        ReferralVerb::Ask => "请求协助的事项",
        ReferralVerb::AnswerAsk => "答复内容",
        ReferralVerb::Note => "备注",
        ReferralVerb::Material if act.files.is_empty() => "说明，或者添加文件",
        ReferralVerb::Material | ReferralVerb::Receive => return Ok(()),
    };
    if act.text.is_none() { Err(text::missing("text", label)) } else { Ok(()) }
}

/// Carries out what a person does, in the caller's transaction.
///
/// # Errors
/// `version-conflict`, `action-refused`, `field-required`, `unit-unfit`, `file-used`, `referral-full`; the database's.
pub(super) async fn carry_out(
    room: &Referrals,
    connection: &mut PgConnection,
    key: &KeyOf,
    seen: Option<i64>,
    (caller, scope): (&Caller, &Scope),
    act: Act,
) -> Answer<()> {
    let parts = room.parts();
    let now = parts.clock.now();
    let locked = docket::lock(connection, key, seen).await?.ok_or_else(not_found)??;
    let mut record = store::record(&mut *connection, key).await?.ok_or_else(not_found)?;
    let asks = store::asks(&mut *connection, key).await?;
    let tree = parts.identity.organisations().await?;
    let state = store::state_of(&locked.header)?;
    let facts = facts(caller, scope, &tree, &locked.header, &record, &asks);
    let step = ReferralProcedure::apply(state, &facts, &act.verb).map_err(refused)?;
    complete(&act)?;
    let (_, limits) = setting::store::read(&mut *connection, &parts.home_region).await?;
    let mut change = Change { details: true, ..Change::default() };
    let mut asked = None;
    match act.verb {
        ReferralVerb::SplitHere | ReferralVerb::SplitTownship | ReferralVerb::SplitBureau => {
            let way = act.verb.way().ok_or_else(not_found)?;
            let unit = act.unit.ok_or_else(|| text::missing("unit", "接办单位"))?;
            room.fit(&tree, &record, way, unit).await?;
            (record.way, record.target_unit) = (Some(way.code().to_owned()), Some(unit));
            (record.reason, record.power) = (act.text.clone(), act.power.clone().map(Json));
            change.unit = Some(Some(unit.into()));
        }
        ReferralVerb::SendBack => {
            (record.way, record.target_unit, record.power) = (None, None, None);
            record.reason.clone_from(&act.text);
            change.unit = Some(None);
        }
        ReferralVerb::Refuse | ReferralVerb::Withdraw => record.reason.clone_from(&act.text),
        ReferralVerb::Answer => (record.result, record.result_at) = (act.text.clone(), Some(now)),
        ReferralVerb::Feedback => record.feedback.clone_from(&act.text),
        ReferralVerb::Ask => {
            let unit = act.unit.unwrap_or(record.asker_unit);
            let may = unit == record.asker_unit && !record.own || room.liaisons().await?.contains(&unit);
            if !may {
                return Err(Problem::invalid("unit-unfit", "请选择有联络员账号的部门").field("unit", "没有联络员账号").into());
            }
            if asks.iter().filter(|ask| ask.answered_at.is_none()).count() >= MOST_ASKS {
                return Err(Problem::conflict("referral-full", format!("同时等待答复的协助请求最多 {MOST_ASKS} 件")).into());
            }
            let ordinal = asks.last().map_or(1, |ask| ask.ordinal + 1);
            let days = act.days.filter(|days| (1..=60).contains(days)).unwrap_or(limits.assist);
            let limit = clock::start(&parts.calendar, now, (ReferralLimit::Assist, ordinal), days);
            let due_at = limit.due_at.unwrap_or(now);
            change.deadlines.push(limit);
            let row = AskRow {
                ordinal,
                unit,
                asked_by: caller.person.uuid(),
                asked_at: now,
                due_at,
                text: act.text.clone().unwrap_or_default(),
                answered_by: None,
                answered_at: None,
                answer: None,
            };
            store::add_ask(connection, key, &row).await?;
            asked = Some(row);
        }
        ReferralVerb::AnswerAsk => {
            let mut waiting = waits_for_answer(scope, &asks);
            let ask = match act.ask {
                Some(ordinal) => waiting.find(|ask| ask.ordinal == ordinal),
                None => waiting.next(),
            };
            let ask = ask.ok_or_else(|| Problem::conflict("ask-answered", "这件协助请求不是向您的单位提出的，或者已经答复"))?;
            let by = (caller.person.uuid(), now);
            store::answer_ask(connection, key, ask.ordinal, by, act.text.as_deref().unwrap_or_default()).await?;
            let its = |limit: ReferralLimit, round: i32| limit == ReferralLimit::Assist && round == ask.ordinal;
            change.deadlines = clock::end(now, &locked.deadlines, false, its);
            asked = Some(ask.clone());
        }
        ReferralVerb::Receive | ReferralVerb::Resubmit | ReferralVerb::Material | ReferralVerb::Note => {}
    }
    if step.to != state {
        let days = match (clock::of_state(step.to), act.days) {
            // Another bureau is given as long as the centre says.
            (Some(ReferralLimit::Answer), Some(days)) if (1..=60).contains(&days) => days,
            (Some(limit), _) => limits.days(limit),
            (None, _) => 0,
        };
        move_to(room, &locked, &record, &mut change, (step.to, act.verb == ReferralVerb::Withdraw, days), now);
    }
    let line = LineRow {
        ordinal: 0,
        at: now,
        person: Some(caller.person.uuid()),
        unit: Some(caller.organisation.uuid()),
        verb: act.verb.code().to_owned(),
        text: act.text.clone(),
        inside: act.verb == ReferralVerb::Note,
        ask: asked.as_ref().map(|ask| ask.ordinal),
    };
    let files = write_line(connection, key, &line, &act.files).await?;
    let entry = NewEntry {
        actor: Actor::Person(caller.person),
        role: caller.roles.first().cloned(),
        action: act.verb.code(),
        place: None,
        payload: payload([
            ("text", json!(act.text)),
            ("unit", json!(asked.as_ref().map(|ask| ask.unit).or(record.target_unit))),
            ("ask", json!(line.ask)),
            ("files", json!(files)),
            ("to", json!(step.to.code())),
        ]),
    };
    store::update(connection, key, &record).await?;
    finish(connection, locked, &record, change, (entry, act.verb.code(), asked.map(|ask| ask.unit)), now).await
}

/// The state, who acts next, the limits that end and the one that begins.
pub(super) fn move_to(
    room: &Referrals,
    locked: &Locked,
    record: &ReferralRecord,
    change: &mut Change,
    (to, cancelled, days): (ReferralState, bool, u32),
    now: DateTime<Utc>,
) {
    change.state = Some(to.code());
    change.open = (to.is_open() != locked.header.open).then_some(to.is_open());
    change.holder = Some(holder(to, record));
    // Requests for assistance run on, until nobody waits for the answer any more.
    let over = !to.is_open();
    let mut ended = clock::end(now, &locked.deadlines, cancelled, |limit, _| limit != ReferralLimit::Assist);
    if over {
        ended.extend(clock::end(now, &locked.deadlines, true, |limit, _| limit == ReferralLimit::Assist));
    }
    let mut all: Vec<DeadlineWrite> = ended;
    if let Some(limit) = clock::of_state(to) {
        let round = clock::next_round(&locked.deadlines, limit);
        all.push(clock::start(&room.parts().calendar, now, (limit, round), days));
    }
    change.deadlines.extend(all);
}

/// Whether a verb only adds to what was said. What moves a referral, and what the house itself notes, is written however long it has become: else
/// whoever writes much could keep it from ever ending.
fn fills(verb: &str) -> bool {
    matches!(verb.parse(), Ok(ReferralVerb::Material | ReferralVerb::Note | ReferralVerb::Ask))
}

/// A line with its files; the digests of those.
pub(super) async fn write_line(connection: &mut PgConnection, key: &KeyOf, line: &LineRow, files: &[Arrived]) -> Answer<Vec<String>> {
    let ordinal = store::add_line(connection, key, line).await?;
    if ordinal > MOST_LINES && fills(&line.verb) {
        return Err(Problem::conflict("referral-full", format!("一件移交最多 {MOST_LINES} 条往来")).into());
    }
    let mut digests = Vec::with_capacity(files.len());
    for file in files {
        let row = FileRow {
            id: file.upload,
            ordinal: 0,
            line: ordinal,
            file: file.file.id.to_string(),
            name: file.name.clone(),
            media_type: file.file.media_type.clone(),
            size: file.file.size,
            evidence: None,
        };
        if !store::add_file(connection, key, &row).await? {
            return Err(Problem::conflict("file-used", "该文件已经提交过，请重新选择").field("files", "请重新选择").into());
        }
        digests.push(format!("sha256:{}", row.file));
    }
    Ok(digests)
}

/// Ledger, event and header.
pub(super) async fn finish(
    connection: &mut PgConnection,
    locked: Locked,
    record: &ReferralRecord,
    mut change: Change,
    (entry, action, asked): (NewEntry, &str, Option<Uuid>),
    now: DateTime<Utc>,
) -> Answer<()> {
    change.entries.push(entry);
    let after = locked.after(now, &change);
    change.events.push(Event { topic: CHANGED, payload: told(&after, record, action, asked) });
    locked.change(connection, now, change).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_adds_to_what_was_said_is_bounded() {
        let bounded: Vec<_> = ReferralVerb::ALL.iter().copied().filter(|verb| fills(verb.code())).collect();
        assert_eq!(bounded, [ReferralVerb::Material, ReferralVerb::Note, ReferralVerb::Ask]);
        for system in ["submit", "case", "result"] {
            assert!(!fills(system), "{system}");
        }
    }
}
