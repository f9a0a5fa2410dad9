//! Who is told of referrals (移交提醒): decided for each event, written in the relay's transaction.

use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use identity::Identity;
use notify::{Consumed, Consumer, Event, Notify};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::referral::{KIND, ReferralLimit};

/// People that one event tells at most.
const MOST_PEOPLE: i64 = 50;
/// Who splits for the centre.
const CENTRE: [&str; 2] = ["shift_leader", "legal_reviewer"];
/// Who acts for a unit or bureau.
const OF_UNITS: [&str; 2] = ["liaison", "officer"];

/// Tells people of referrals. The binary gives it to [`Notify`] as a consumer, and [`Notify`] to it.
pub struct Told {
    identity: Identity,
    notify: OnceLock<Notify>,
}

/// Whom a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    Centre,
    Unit(Uuid),
}

impl Told {
    /// Tells nobody until it is given a voice.
    #[must_use]
    pub fn new(identity: Identity) -> Arc<Self> {
        Arc::new(Self { identity, notify: OnceLock::new() })
    }

    /// From now on tells through this.
    pub fn speak_through(&self, notify: Notify) {
        let _ = self.notify.set(notify);
    }
}

impl Consumer for Told {
    fn name(&self) -> &'static str {
        "referrals.told"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            let Some(notify) = self.notify.get() else { return Ok(()) };
            for (whom, title) in messages(&event.topic, &event.payload) {
                let people = match whom {
                    Whom::Unit(unit) => {
                        let units = self.identity.organisations().await?.subtree(unit);
                        self.identity.people_of(connection, &OF_UNITS, Some(units.as_slice()), None, MOST_PEOPLE).await?
                    }
                    Whom::Centre => self.identity.people_of(connection, &CENTRE, None, Some(event.jurisdiction()), MOST_PEOPLE).await?,
                };
                notify.tell(connection, &people, &title, Some(event.docket_id)).await?;
            }
            Ok(())
        })
    }
}

/// What an event asks to be told, and whom.
fn messages(topic: &str, payload: &Value) -> Vec<(Whom, String)> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default();
    let unit = |name: &str| text(name).parse::<Uuid>().ok().map(Whom::Unit);
    if text("kind") != KIND {
        return Vec::new();
    }
    let number = text("number");
    // The house itself, where it asked out of a lead, is the centre.
    let asker = if payload.get("own").and_then(Value::as_bool) == Some(true) { Some(Whom::Centre) } else { unit("asker_unit") };
    let late = |words: &str| {
        let limit = text("limit").parse::<ReferralLimit>().map_or("", ReferralLimit::label);
        // Of assistance the holder is told too: he waits for the answer.
        let whom = if text("holder_role").is_empty() { unit("holder_unit") } else { Some(Whom::Centre) };
        whom.map(|whom| (whom, format!("移交 {number} 的{limit}期限{words}")))
    };
    let say = |whom: Option<Whom>, words: &str| whom.map(|whom| (whom, format!("移交 {number} {words}")));
    let told = match (topic, text("action")) {
        ("docket.limit-warned", _) => vec![late("即将到期")],
        ("docket.limit-missed", _) => vec![late("已到")],
        (_, "submit") => vec![Some((Whom::Centre, format!("收到移交 {number}，请受理")))],
        (_, "resubmit") => vec![say(Some(Whom::Centre), "已补正，请受理")],
        (_, "receive") => vec![say(asker.filter(|it| *it != Whom::Centre), "已受理")],
        (_, "split-here" | "split-township") => {
            vec![say(unit("target_unit"), "分流到您的单位，请登记案件"), say(asker.filter(|it| *it != Whom::Centre), "已分流到办案单位")]
        }
        (_, "split-bureau") => {
            vec![say(unit("target_unit"), "转到您的部门，请按期回复"), say(asker.filter(|it| *it != Whom::Centre), "已转其他部门办理")]
        }
        (_, "refuse") => vec![say(asker, "不予受理，可以补正后重新提出")],
        (_, "send-back") => vec![say(Some(Whom::Centre), "被退回，请重新分流")],
        (_, "case") => vec![say(asker.filter(|it| *it != Whom::Centre), "已登记案件")],
        (_, "answer" | "result") => vec![say(asker, "有办理结果，请反馈")],
        (_, "feedback") => vec![say(unit("target_unit"), "的监管结果已反馈")],
        // Nothing of it becomes evidence by itself: whoever runs the case is to look.
        (_, "material") => vec![say(unit("target_unit").or(Some(Whom::Centre)), "有补充材料，请查看")],
        (_, "ask") => vec![say(unit("asked_unit"), "请求您的部门协助，请按期答复")],
        (_, "answer-ask") => vec![say(unit("target_unit").or(Some(Whom::Centre)), "的协助请求已答复")],
        (_, "withdraw") => vec![say(Some(Whom::Centre), "已撤回")],
        _ => Vec::new(),
    };
    told.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whoever_it_waits_for_is_told_and_a_bureau_of_nothing_else() {
        let (asker, target) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let of = |topic: &str, more: Value| {
            let mut payload = json!({ "kind": "referral", "number": "R1", "own": false, "asker_unit": asker, "target_unit": target });
            payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            messages(topic, &payload).into_iter().map(|(whom, _)| whom).collect::<Vec<_>>()
        };
        assert_eq!(of("referral.changed", json!({ "action": "submit" })), [Whom::Centre]);
        assert_eq!(of("referral.changed", json!({ "action": "split-here" })), [Whom::Unit(target), Whom::Unit(asker)]);
        assert_eq!(of("referral.changed", json!({ "action": "result" })), [Whom::Unit(asker)]);
        assert_eq!(of("referral.changed", json!({ "action": "result", "own": true })), [Whom::Centre]);
        assert_eq!(of("referral.changed", json!({ "action": "ask", "asked_unit": asker })), [Whom::Unit(asker)]);
        assert!(of("referral.changed", json!({ "action": "note" })).is_empty());
        assert_eq!(of("referral.changed", json!({ "action": "material" })), [Whom::Unit(target)]);
        assert_eq!(of("referral.changed", json!({ "action": "material", "target_unit": null })), [Whom::Centre]);
        assert_eq!(of("docket.limit-missed", json!({ "limit": "receipt", "holder_role": "shift_leader" })), [Whom::Centre]);
        assert_eq!(of("docket.limit-missed", json!({ "limit": "feedback", "holder_unit": asker })), [Whom::Unit(asker)]);
        assert!(messages("case.changed", &json!({ "kind": "case", "number": "C1", "action": "submit" })).is_empty());
    }
}
