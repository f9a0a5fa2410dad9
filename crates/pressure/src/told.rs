//! Who is told of notices (督办提醒): decided for each event, written in the relay's transaction.

use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use identity::Identity;
use notify::{Consumed, Consumer, Event, Notify};
use serde_json::Value;
use sqlx::PgConnection;

use crate::notice::{KIND, NoticeLimit, Stage};

/// People that one event tells at most.
const MOST_PEOPLE: i64 = 50;
/// Who acts for a unit.
const OF_UNITS: [&str; 2] = ["unit_handler", "unit_leader"];

/// Tells people of notices. The binary gives it to [`Notify`] as a consumer, and [`Notify`] to it.
pub struct Told {
    identity: Identity,
    notify: OnceLock<Notify>,
}

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whom {
    Unit,
    Role(&'static str),
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
        "pressure.told"
    }

    fn consume<'a>(&'a self, connection: &'a mut PgConnection, event: &'a Event) -> BoxFuture<'a, Consumed> {
        Box::pin(async move {
            let Some(notify) = self.notify.get() else { return Ok(()) };
            for (whom, title) in messages(&event.topic, &event.payload) {
                let people = match whom {
                    Whom::Unit => {
                        let Some(unit) = event.unit() else { continue };
                        let units = self.identity.organisations().await?.subtree(unit);
                        self.identity.people_of(connection, &OF_UNITS, Some(units.as_slice()), None, MOST_PEOPLE).await?
                    }
                    Whom::Role(role) => self.identity.people_of(connection, &[role], None, Some(event.jurisdiction()), MOST_PEOPLE).await?,
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
    if text("kind") != KIND {
        return Vec::new();
    }
    let number = text("number");
    let stage: Option<Stage> = text("stage").parse().ok();
    let label = stage.map_or("督办文书", Stage::label);
    let issuer = stage.map(|stage| Whom::Role(stage.role()));
    // A limit's own event does not know the stage; its holder says who is late.
    let late = |words: &str| match text("limit").parse::<NoticeLimit>() {
        Ok(NoticeLimit::Judge) => judge_of(text("holder_role")).map(|whom| (whom, format!("督办文书 {number} 的回复待审核，{words}"))),
        _ => Some((Whom::Unit, format!("督办文书 {number} 的回复期限{words}"))),
    };
    match (topic, text("action")) {
        ("docket.limit-warned", _) => late("即将到期").into_iter().collect(),
        ("docket.limit-missed", _) => late("已到").into_iter().collect(),
        (_, "issue") => vec![(Whom::Unit, format!("收到{label} {number}，请按期书面回复"))],
        (_, "reply") => issuer.map(|whom| (whom, format!("{label} {number} 已回复，请审核"))).into_iter().collect(),
        (_, "accept") => vec![(Whom::Unit, format!("{label} {number} 的回复已采纳"))],
        (_, "return") => vec![(Whom::Unit, format!("{label} {number} 的回复被退回，请重新回复"))],
        (_, "withdraw") => vec![(Whom::Unit, format!("{label} {number} 已撤回"))],
        _ => Vec::new(),
    }
}

fn judge_of(role: &str) -> Option<Whom> {
    Stage::ALL.iter().find(|stage| stage.role() == role).map(|stage| Whom::Role(stage.role()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_unit_hears_of_what_it_must_answer_and_the_issuer_of_the_answer() {
        let of = |topic: &str, more: Value| {
            let mut payload = json!({ "kind": "notice", "number": "N1", "stage": "supervise", "unit": Uuid::from_u128(1) });
            payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            messages(topic, &payload)
        };
        assert_eq!(of("notice.changed", json!({ "action": "issue" })), [(Whom::Unit, "收到督办单 N1，请按期书面回复".to_owned())]);
        assert_eq!(of("notice.changed", json!({ "action": "reply" }))[0].0, Whom::Role("evaluator"));
        let late = of("docket.limit-missed", json!({ "stage": null, "limit": "judge", "holder_role": "leader" }));
        assert_eq!(late[0].0, Whom::Role("leader"));
        assert_eq!(of("docket.limit-missed", json!({ "limit": "reply" }))[0].0, Whom::Unit);
        assert!(messages("lead.changed", &json!({ "kind": "lead", "number": "L1", "action": "issue" })).is_empty());
    }
}
