//! Take events in (接收机器事件).

use axum::extract::State;
use futures::{StreamExt, stream};
use http_api::{Answer, Json};
use identity::{Allowed, Caller};
use kernel::problem::{Problem, ProblemKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Event, Outcome, parse::EventInput, write::Taken};
use crate::{Machines, rights, scope::require_ground};

/// Events that are sent together at most.
pub(crate) const MOST_EVENTS: usize = 500;
/// Pictures of one request that are looked at side by side.
const PICTURES_AT_ONCE: usize = 2;

/// Events that are sent together.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MachineEvents {
    /// At most 500.
    items: Vec<EventInput>,
}

/// What became of one event.
#[derive(Debug, Serialize, ToSchema)]
pub struct MachineEventReceipt {
    /// It is kept.
    taken: bool,
    /// The key it is kept under.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<Outcome>,
    /// The device sent it before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    already_present: bool,
    /// The sighting it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    sighting: Option<Uuid>,
    /// Why it was refused, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// Why it was refused, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// What became of each, in the order they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct MachineEventReceipts {
    items: Vec<MachineEventReceipt>,
}

/// Takes events of devices in. Answered when all that are taken are durable; sent again, they are the same events. One that is refused
/// does not keep the others back.
///
/// # Errors
/// `events-too-many`, `scope-exceeded`; `intake-full`, `database-unavailable`: nothing is kept, send again.
#[utoipa::path(post, path = "/api/v1/machine-events", tag = "machines", operation_id = "receive_machine_events", request_body = MachineEvents,
    responses((status = 200, body = MachineEventReceipts, description = "What became of each")))]
pub(crate) async fn receive(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SendEvents>,
    Json(sent): Json<MachineEvents>,
) -> Answer<Json<MachineEventReceipts>> {
    Ok(Json(take(&machines, &allowed, sent).await?))
}

impl Machines {
    /// Takes events of a gateway in, in the name of a machine account: one event, or several as `items`. As over HTTP, the answer comes when
    /// what is taken is durable.
    ///
    /// # Errors
    /// `forbidden`, `json-invalid`, and those of the operation.
    pub async fn take_message(&self, caller: Caller, message: &[u8]) -> Answer<MachineEventReceipts> {
        let allowed = Allowed::check(caller)?;
        let sent = serde_json::from_slice(message).map(|sent| match sent {
            Message::Several(sent) => sent,
            Message::One(event) => MachineEvents { items: vec![*event] },
        });
        let sent = sent.map_err(|_| Problem::invalid("json-invalid", "报文应为一个事件，或以 items 列出的多个事件"))?;
        take(self, &allowed, sent).await
    }
}

/// What a gateway hands in.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Several(MachineEvents),
    One(Box<EventInput>),
}

async fn take(machines: &Machines, allowed: &Allowed<rights::SendEvents>, sent: MachineEvents) -> Answer<MachineEventReceipts> {
    require_ground(&allowed.scope(), machines.home_region())?;
    if sent.items.len() > MOST_EVENTS {
        return Err(Problem::invalid("events-too-many", "一次最多报送 500 个事件").field("items", "最多 500 个").into());
    }
    let known = machines.snapshot().await?;
    let now = machines.clock().now();
    let place = |position| machines.catalogue().place(position).grid_code().map(str::to_owned);
    let parsed: Vec<Answer<Event>> = stream::iter(sent.items)
        .map(|event| event.parse(&known, machines.files(), &allowed.caller, place, now))
        .buffered(PICTURES_AT_ONCE)
        .collect()
        .await;
    let mut taken = machines.queue().pass(parsed.iter().filter_map(|event| event.as_ref().ok()).cloned().collect()).await?.into_iter();
    let mut items = Vec::with_capacity(parsed.len());
    for event in parsed {
        items.push(match event {
            Ok(event) => taken
                .next()
                .map_or_else(|| refused(Problem::internal("internal", "系统内部错误，已记录；请稍后重试")), |it| receipt(event.key, it)),
            // Not the event's fault: all of it is to be sent again.
            Err(error) if matches!(error.problem().kind, ProblemKind::Unavailable | ProblemKind::Internal) => return Err(error),
            Err(error) => refused(error.problem().clone()),
        });
    }
    Ok(MachineEventReceipts { items })
}

impl MachineEventReceipts {
    /// How many were refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.items.iter().filter(|it| !it.taken).count()
    }
}

fn receipt(key: String, taken: Taken) -> MachineEventReceipt {
    MachineEventReceipt {
        taken: true,
        key: Some(key),
        outcome: Some(taken.outcome),
        already_present: taken.already_present,
        sighting: taken.sighting,
        code: None,
        detail: None,
    }
}

fn refused(problem: Problem) -> MachineEventReceipt {
    metrics::counter!("bihuan_machine_events_total", "outcome" => "refused").increment(1);
    let said = problem.fields.iter().map(|fault| format!("{}：{}", fault.field, fault.detail)).collect::<Vec<_>>().join("；");
    let detail = if said.is_empty() { problem.detail.to_string() } else { said };
    MachineEventReceipt {
        taken: false,
        key: None,
        outcome: None,
        already_present: false,
        sighting: None,
        code: Some(problem.code),
        detail: Some(detail),
    }
}
