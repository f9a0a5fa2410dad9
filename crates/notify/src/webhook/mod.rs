//! Webhooks (推送): other systems are told over HTTP, signed, again and again until they take it or a day has passed.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod deliver;
pub(crate) mod deliveries;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod retry;
pub(crate) mod store;

use chrono::{DateTime, Utc};
use http_api::Answer;
use identity::{
    Caller,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Notify;

/// Webhooks at most: each event is weighed against all of them.
const MOST_WEBHOOKS: i64 = 100;

/// A webhook (推送地址). The secret is shown once, when it was made up here.
#[derive(Debug, Serialize, ToSchema, sqlx::FromRow)]
pub(crate) struct Webhook {
    /// The id.
    pub id: Uuid,
    /// Where events go.
    pub url: String,
    /// Which events: `lead.filed`, `lead.*` or `*`.
    pub topics: Vec<String>,
    /// Whether events are sent.
    pub active: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The HTTP status of the last try.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_status: Option<i32>,
    /// When the last try was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<DateTime<Utc>>,
    /// Deliveries that wait.
    pub waiting: i64,
    /// Deliveries given up after a day.
    pub dead: i64,
    /// The secret that signs, only in the answer to its making and only if it was made up here.
    #[sqlx(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// A webhook hears of every district: only who keeps the whole installation may have to do with one.
///
/// # Errors
/// `scope-exceeded`.
async fn require_everything(notify: &Notify, caller: &Caller) -> Answer<()> {
    if notify.identity.keeps_everything(caller).await? {
        return Ok(());
    }
    Err(Problem::forbidden("scope-exceeded", "推送会送出全部辖区的事件，请由全局管理员办理").into())
}

/// What the history of settings keeps of a webhook; its address is cut at the host, for some hold a secret further on.
fn traced(url: &str, topics: &[String], active: bool) -> Value {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    json!({ "host": host.rsplit('@').next(), "topics": topics, "active": active })
}

/// Writes a line of the history of settings, in the transaction of the change.
async fn leave(
    connection: &mut PgConnection,
    notify: &Notify,
    caller: &Caller,
    action: &'static str,
    id: Uuid,
    (before, after): (Value, Value),
) -> sqlx::Result<()> {
    let change = SettingChange { region: "", action, target: &id.to_string(), before, after };
    audit::record(connection, notify.clock.now(), caller.person, change).await
}

fn not_found() -> Problem {
    Problem::not_found("webhook-not-found", "没有找到该推送地址")
}

/// Checks what events a webhook asks for.
fn refuse_topics(topics: &[String]) -> Result<(), Problem> {
    let fits = |topic: &String| {
        let stem = topic.strip_suffix('*').unwrap_or(topic);
        topic == "*"
            || (topic.len() <= 100
                && !stem.is_empty()
                && (stem.len() == topic.len() || stem.ends_with('.'))
                && stem.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_')))
    };
    if (1..=50).contains(&topics.len()) && topics.iter().all(fits) {
        return Ok(());
    }
    Err(Problem::invalid("topics-invalid", "请填写要推送的事件").field("topics", "1 至 50 个，形如 lead.filed、lead.* 或 *"))
}

/// Whether a webhook that asks for `wanted` hears of `topic`.
fn hears(wanted: &[String], topic: &str) -> bool {
    wanted.iter().any(|want| match want.strip_suffix('*') {
        Some(stem) => topic.starts_with(stem),
        None => want == topic,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_match_whole_or_by_their_kind() {
        let wants = |topics: &[&str]| topics.iter().map(|&topic| topic.to_owned()).collect::<Vec<_>>();
        assert!(hears(&wants(&["*"]), "lead.filed"));
        assert!(hears(&wants(&["case.opened", "lead.*"]), "lead.filed"));
        assert!(!hears(&wants(&["lead.*"]), "leader.filed"));
        assert!(!hears(&wants(&["lead.file"]), "lead.filed"));
        assert!(refuse_topics(&wants(&["*", "lead.*", "lead.filed"])).is_ok());
        for wrong in [vec![], wants(&["le*"]), wants(&["lead .x"]), wants(&[""]), wants(&["**"])] {
            assert!(refuse_topics(&wrong).is_err(), "{wrong:?}");
        }
    }
}
