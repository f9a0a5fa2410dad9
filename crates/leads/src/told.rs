//! Who is told when he must act (提醒): decided here for each event of a lead, written in the relay's transaction.
//!
//! Titles hold the lead's number and what to do, never its words: those are the reporter's.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use futures::future::BoxFuture;
use identity::Identity;
use kernel::id::PersonId;
use moka::sync::Cache;
use notify::{Consumed, Consumer, Event, Notify};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    charge, joint,
    lead::{Limit, State},
};

/// People that one event tells at most.
const MOST_PEOPLE: i64 = 50;
/// So often a minute a person is told before the rest is left to his to-do list.
const MOST_A_MINUTE: u32 = 30;
/// So long a group's people are remembered: reports of one morning go to the same few units.
const REMEMBERED: std::time::Duration = std::time::Duration::from_secs(2);
/// Who acts for a unit.
const OF_UNITS: [&str; 2] = ["unit_handler", "unit_leader"];
/// Who is told of limits and extensions besides the holder.
const SHIFT_LEADER: &str = "shift_leader";

/// Tells people (提醒). The binary gives it to [`Notify`] as a consumer, and [`Notify`] to it.
pub struct Told {
    identity: Identity,
    notify: OnceLock<Notify>,
    pace: Mutex<HashMap<Uuid, (DateTime<Utc>, u32)>>,
    /// The people of a group on a ground, as they were just now.
    groups: Cache<(Whom, String), Arc<[PersonId]>>,
}

/// Whom to tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whom {
    Person(Uuid),
    /// Who acts for this unit and those below it.
    Unit(Uuid),
    /// Anyone of this role whose ground the lead lies on.
    Role(String),
}

/// A message to be told.
#[derive(Debug, PartialEq, Eq)]
struct Message {
    whom: Vec<Whom>,
    title: String,
}

impl Told {
    /// Tells nobody until it is given a voice.
    #[must_use]
    pub fn new(identity: Identity) -> Arc<Self> {
        let groups = Cache::builder().max_capacity(1_000).time_to_live(REMEMBERED).build();
        Arc::new(Self { identity, notify: OnceLock::new(), pace: Mutex::default(), groups })
    }

    /// From now on tells through this.
    pub fn speak_through(&self, notify: Notify) {
        let _ = self.notify.set(notify);
    }

    async fn people(&self, connection: &mut PgConnection, whom: &[Whom], ground: &str) -> identity::Result<Vec<PersonId>> {
        let mut people = BTreeSet::new();
        for whom in whom {
            let group = (whom.clone(), ground.to_owned());
            let found = match self.groups.get(&group) {
                Some(found) => found,
                None => {
                    let found: Arc<[PersonId]> = self.look_up(connection, whom, ground).await?.into();
                    self.groups.insert(group, found.clone());
                    found
                }
            };
            people.extend(found.iter().copied());
        }
        Ok(people.into_iter().take(usize::try_from(MOST_PEOPLE).unwrap_or(50)).collect())
    }

    async fn look_up(&self, connection: &mut PgConnection, whom: &Whom, ground: &str) -> identity::Result<Vec<PersonId>> {
        match whom {
            Whom::Person(person) => Ok(vec![PersonId::from(*person)]),
            Whom::Unit(unit) => {
                let units = self.identity.organisations().await?.subtree(*unit);
                self.identity.people_of(connection, &OF_UNITS, Some(units.as_slice()), None, MOST_PEOPLE).await
            }
            Whom::Role(role) => self.identity.people_of(connection, &[role.as_str()], None, Some(ground), MOST_PEOPLE).await,
        }
    }

    /// Of these people, who may be told now, and who is told this minute for the last time.
    fn paced(&self, people: Vec<PersonId>, at: DateTime<Utc>) -> (Vec<PersonId>, Vec<PersonId>) {
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        if pace.len() > 10_000 {
            pace.retain(|_, (since, _)| at - *since < Duration::minutes(1));
        }
        let (mut now, mut last) = (Vec::new(), Vec::new());
        for person in people {
            let (since, count) = pace.entry(person.uuid()).or_insert((at, 0));
            // The demo's clock leaps; a minute that lies ahead is over as well.
            if at - *since >= Duration::minutes(1) || at < *since {
                (*since, *count) = (at, 0);
            }
            *count += 1;
            match (*count).cmp(&MOST_A_MINUTE) {
                std::cmp::Ordering::Less => now.push(person),
                std::cmp::Ordering::Equal => last.push(person),
                std::cmp::Ordering::Greater => {}
            }
        }
        (now, last)
    }
}

impl Consumer for Told {
    fn name(&self) -> &'static str {
        "leads.told"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            let Some(notify) = self.notify.get() else { return Ok(()) };
            let own = [message(&event.topic, &event.payload), message_of_merged(&event.payload), message_of_leader(&event.payload)];
            for message in own.into_iter().chain(messages_of_joint(&event.payload)).flatten() {
                let mut whom = message.whom;
                // Whoever assists has a limit of his own on the lead.
                if event.topic.starts_with("docket.limit-") && event.payload["limit"] == Limit::Assist.code() {
                    let round = event.payload["round"].as_i64().and_then(|round| i32::try_from(round).ok()).unwrap_or_default();
                    let unit = joint::store::open_unit(connection, event.docket_id.uuid(), round).await?;
                    whom = unit.map(Whom::Unit).into_iter().chain([Whom::Role(SHIFT_LEADER.to_owned())]).collect();
                }
                // The leader in charge hears that his instruction is not answered.
                if event.topic.starts_with("docket.limit-") && event.payload["limit"] == Limit::Instruct.code() {
                    whom = vec![has_it(&event.payload)];
                    whom.extend(charge::store::leader_of(connection, event.docket_id.uuid()).await?.map(Whom::Person));
                }
                let people = self.people(connection, &whom, event.jurisdiction()).await?;
                let (now, last) = self.paced(people, event.at);
                notify.tell(connection, &now, &message.title, Some(event.docket_id)).await?;
                let title = format!("{}；近一分钟事项较多，其余请在待办中查看", message.title);
                notify.tell(connection, &last, &title, Some(event.docket_id)).await?;
            }
            Ok(())
        })
    }
}

/// What an event asks to be told, and whom.
fn message(topic: &str, payload: &Value) -> Option<Message> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str);
    if text("kind") != Some("lead") {
        return None;
    }
    let id = |name: &str| text(name).and_then(|id| id.parse::<Uuid>().ok());
    let number = text("number")?;
    let holder = || -> Vec<Whom> {
        let whom = id("holder_person").map(Whom::Person).or_else(|| id("holder_unit").map(Whom::Unit));
        whom.or_else(|| text("holder_role").map(|role| Whom::Role(role.to_owned()))).into_iter().collect()
    };
    let follower = || id("follower").map(Whom::Person).into_iter().collect::<Vec<_>>();
    let shift_leaders = || Whom::Role(SHIFT_LEADER.to_owned());
    let with_shift_leaders = || holder().into_iter().chain([shift_leaders()]).collect();
    let limit = || text("limit").and_then(|limit| limit.parse::<Limit>().ok()).map_or("办理", Limit::label);
    let (whom, title) = match (topic, text("action").unwrap_or_default()) {
        ("docket.limit-warned", _) => (with_shift_leaders(), format!("{number} 的{}时限即将到期", limit())),
        ("docket.limit-missed", _) => (with_shift_leaders(), format!("{number} 的{}时限已超期", limit())),
        (_, "dispatch") => (holder(), format!("新派单 {number}，请及时接单")),
        // A rule took it through at once.
        (_, "report") if text("state") == Some(State::Dispatched.code()) => (holder(), format!("新派单 {number}，请及时接单")),
        (_, "request-verify") => (holder(), format!("请到现场核实 {number}")),
        (_, "request-check") => (holder(), format!("请到现场核查 {number}")),
        (_, "rework") => (holder(), format!("{number} 核查未通过，请重新处置")),
        (_, "send-back") => (holder(), format!("{number} 被退回，请重新派遣")),
        (_, "remind") => (holder(), format!("催办：请尽快办理 {number}")),
        (_, "request-extension") => (vec![shift_leaders()], format!("{number} 申请延期，请审批")),
        (_, "grant-extension") => (holder(), format!("{number} 的延期申请已批准")),
        (_, "refuse-extension") => (holder(), format!("{number} 的延期申请未批准，请按期办理")),
        (_, "joint-done") => (holder(), format!("{number} 有协办单位已办完")),
        (_, "joint-return") => (vec![Whom::Role("dispatcher".to_owned())], format!("{number} 的协办被退回，请处理")),
        (_, "referral-end") => (holder(), format!("{number} 邻市已办结，请核查或请值班长结案")),
        (_, "referral") if payload["referral"] == "refused" => (holder(), format!("{number} 邻市没有接收，请撤回或改转")),
        // Called straight through it is told, not asked.
        (_, "ask-joint") if payload["joint_given"].as_array().is_some_and(|units| !units.is_empty()) => {
            (vec![Whom::Role("dispatcher".to_owned())], format!("{number} 现场已直接呼叫其他单位协办"))
        }
        (_, "ask-joint") => (vec![Whom::Role("dispatcher".to_owned())], format!("{number} 现场请求其他单位协办，请决定")),
        (_, "withdraw-instruction") => (vec![has_it(payload)], format!("{number} 的一条包案领导批示已撤回")),
        (_, "instruct") => (vec![has_it(payload)], format!("{number} 有包案领导批示，请按期答复")),
        (_, "raise") => (holder(), format!("{number} 由下级上提，请接单、退回或下派")),
        (_, "return-raised") => (holder(), format!("{number} 的上提被退回，请继续办理")),
        (_, "send-down") => (holder(), format!("{number} 由上级下派，请及时接单")),
        (_, "appoint") => (follower(), format!("{number} 由您跟办，请关注办理进展")),
        (_, "merge") if id("follower").is_some() => (follower(), format!("您跟办的 {number} 已并案，办结后另行提醒")),
        (_, "close" | "reject" | "void") if id("follower").is_some() => (follower(), format!("您跟办的 {number} 已办结，请确认已答复来源")),
        _ => return None,
    };
    Some(Message { whom, title })
}

/// The unit that has a lead, or the dispatchers while none has it.
fn has_it(payload: &Value) -> Whom {
    let unit = payload.get("unit").and_then(Value::as_str).and_then(|id| id.parse().ok());
    unit.map_or_else(|| Whom::Role("dispatcher".to_owned()), Whom::Unit)
}

/// What the leader in charge hears.
fn message_of_leader(payload: &Value) -> Option<Message> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str);
    let leader = text("leader").and_then(|id| id.parse().ok())?;
    let number = text("number")?;
    let title = match text("action").unwrap_or_default() {
        "charge" => format!("{number} 由您包案，请过问"),
        "end-charge" => format!("{number} 已解除包案"),
        "answer-instruction" => format!("您对 {number} 的批示已答复"),
        "raise" => format!("您包案的 {number} 已上提到上级单位"),
        "close" | "reject" | "void" | "merge" => format!("您包案的 {number} 已办结"),
        _ => return None,
    };
    (text("kind") == Some("lead")).then(|| Message { whom: vec![Whom::Person(leader)], title })
}

/// What those hear who follow up a lead that was merged into the one that is over now.
fn message_of_merged(payload: &Value) -> Option<Message> {
    let number = payload.get("number").and_then(Value::as_str)?;
    let followers = payload.get("merged_followers").and_then(Value::as_array)?;
    let whom: Vec<Whom> = followers.iter().filter_map(|id| id.as_str()?.parse().ok()).map(Whom::Person).collect();
    let title = format!("您跟办的线索随并入的 {number} 一并办结，请确认已答复来源");
    (!whom.is_empty()).then_some(Message { whom, title })
}

/// What units hear whose joint tasks were given, and whose were withdrawn.
fn messages_of_joint(payload: &Value) -> [Option<Message>; 2] {
    let units = |name: &str| -> Vec<Whom> {
        let units = payload.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        units.iter().filter_map(|id| id.as_str()?.parse().ok()).map(Whom::Unit).collect()
    };
    let message = |name: &str, title: fn(&str) -> String| {
        let (whom, number) = (units(name), payload.get("number").and_then(Value::as_str)?);
        (!whom.is_empty()).then(|| Message { whom, title: title(number) })
    };
    [
        message("joint_given", |number| format!("请协办 {number}，请及时接受")),
        message("joint_withdrawn", |number| format!("{number} 的协办已撤回")),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn payload(more: &Value) -> Value {
        let mut payload = json!({ "kind": "lead", "number": "L1", "title": "某人家门口", "holder_unit": Uuid::from_u128(7) });
        payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        payload
    }

    #[test]
    fn the_named_person_comes_before_the_unit_and_the_unit_before_the_role() {
        let whom = |more: Value| message("lead.changed", &payload(&more)).unwrap().whom;
        assert_eq!(whom(json!({ "action": "dispatch" })), [Whom::Unit(Uuid::from_u128(7))]);
        assert_eq!(whom(json!({ "action": "dispatch", "holder_person": Uuid::from_u128(8) })), [Whom::Person(Uuid::from_u128(8))]);
        assert_eq!(
            whom(json!({ "action": "request-check", "holder_unit": null, "holder_role": "collector" })),
            [Whom::Role("collector".into())]
        );
        let missed = message("docket.limit-missed", &payload(&json!({ "limit": "fix" }))).unwrap();
        assert_eq!(missed.whom, [Whom::Unit(Uuid::from_u128(7)), Whom::Role("shift_leader".into())]);
        assert_eq!(missed.title, "L1 的处置时限已超期");
    }

    #[test]
    fn who_follows_a_merged_lead_hears_of_the_merge_and_of_the_end() {
        let person = Uuid::from_u128(9);
        let merged = message("lead.changed", &payload(&json!({ "action": "merge", "follower": person }))).unwrap();
        assert_eq!((merged.whom, merged.title.as_str()), (vec![Whom::Person(person)], "您跟办的 L1 已并案，办结后另行提醒"));
        let ended = message_of_merged(&payload(&json!({ "action": "close", "merged_followers": [person] }))).unwrap();
        assert_eq!(ended.whom, [Whom::Person(person)]);
        assert!(ended.title.contains("L1"));
        assert_eq!(message_of_merged(&payload(&json!({ "action": "close", "merged_followers": [] }))), None);
    }

    #[test]
    fn titles_hold_none_of_the_reporters_words_and_other_events_tell_nobody() {
        for action in
            ["dispatch", "request-verify", "request-check", "rework", "send-back", "remind", "request-extension", "grant-extension"]
        {
            let title = message("lead.changed", &payload(&json!({ "action": action }))).unwrap().title;
            assert!(title.contains("L1") && !title.contains("某人"), "{title}");
        }
        assert_eq!(message("lead.changed", &payload(&json!({ "action": "comment" }))), None);
        assert_eq!(message("lead.reported", &payload(&json!({ "action": "report", "state": "reported" }))), None);
        assert_eq!(message("case.changed", &json!({ "kind": "case", "number": "C1", "action": "dispatch" })), None);
    }
}
