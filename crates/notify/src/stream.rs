//! `GET /api/v1/events`: what happens, as it happens, to an open page.

use std::{
    collections::{HashMap, VecDeque},
    convert::Infallible,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Sse, sse},
};
use futures::Stream;
use http_api::{Answer, ProblemBody};
use identity::{Allowed, Caller, Scope};
use kernel::{id::PersonId, problem::Problem};
use serde_json::{Value, json};
use tokio::sync::{
    OwnedSemaphorePermit, Semaphore,
    broadcast::{Receiver, error::RecvError},
    watch,
};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use crate::{Event, FollowEvents, Notify, Signal};

/// Open streams of one person: many tabs, but not a flood.
const MOST_PER_PERSON: usize = 12;
/// Counts are announced at most this often: each page reads them anew then.
const COUNTS_EVERY: Duration = Duration::from_secs(2);

/// Live events: `lead` when a lead inside the caller's scope changed, `counts` when numbers of queues may have, `notification` for the
/// caller alone, `resync` when events may have been missed and the page reads anew.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    tag = "notify",
    responses(
        (status = 200, description = "Server-sent events", content_type = "text/event-stream", body = String),
        (status = "default", description = "A problem (RFC 9457)", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("session" = []))
)]
pub(crate) async fn follow(State(notify): State<Notify>, allowed: Allowed<FollowEvents>, headers: HeaderMap) -> Answer<impl IntoResponse> {
    let seat = notify.seats.take(allowed.caller.person)?;
    let stream = Following::new(notify, &allowed, seat, headers.contains_key("last-event-id"));
    let unbuffered = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // Proxies that gather answers would hold events back.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    Ok((unbuffered, Sse::new(stream.run())))
}

/// The seats for open streams on this node.
#[derive(Clone)]
pub(crate) struct Seats {
    all: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<PersonId, usize>>>,
}

struct Seat {
    seats: Seats,
    person: PersonId,
    _permit: OwnedSemaphorePermit,
}

impl Seats {
    pub(crate) fn new(most: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(most)), taken: Arc::default() }
    }

    fn take(&self, person: PersonId) -> Result<Seat, Problem> {
        let full = || Problem::unavailable("streams-too-many", "实时连接数已达上限，页面将改为定时刷新");
        let permit = self.all.clone().try_acquire_owned().map_err(|_| full())?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(person).or_default();
        if *own >= MOST_PER_PERSON {
            return Err(Problem::too_many("streams-too-many", "打开的页面过多，请关闭一些后重试"));
        }
        *own += 1;
        drop(taken);
        Ok(Seat { seats: self.clone(), person, _permit: permit })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.person) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.person);
            }
        }
    }
}

/// One open page.
struct Following {
    identity: identity::Identity,
    caller: Caller,
    scope: Scope,
    signals: Receiver<Signal>,
    closing: watch::Receiver<bool>,
    heartbeat: Interval,
    counts: Interval,
    counts_stale: bool,
    ready: VecDeque<sse::Event>,
    _seat: Seat,
}

/// What wakes a stream.
enum Turn {
    Heard(Result<Signal, RecvError>),
    Counts,
    Heartbeat,
}

async fn closed(closing: &mut watch::Receiver<bool>) {
    // The sender gone means the same as the word.
    let _ = closing.wait_for(|closing| *closing).await;
}

impl Following {
    fn new(notify: Notify, allowed: &Allowed<FollowEvents>, seat: Seat, came_back: bool) -> Self {
        let paced = |period| {
            let mut interval = interval_at(Instant::now() + period, period);
            interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
            interval
        };
        let mut ready = VecDeque::from([sse::Event::default().retry(Duration::from_secs(3)).comment("ok")]);
        if came_back {
            // What happened in between is read from the lists, not replayed.
            ready.push_back(resync());
        }
        Self {
            signals: notify.bus.subscribe(),
            closing: notify.closing.subscribe(),
            heartbeat: paced(notify.heartbeat),
            counts: paced(COUNTS_EVERY),
            counts_stale: false,
            caller: allowed.caller.clone(),
            scope: allowed.scope(),
            identity: notify.identity,
            ready,
            _seat: seat,
        }
    }

    fn run(self) -> impl Stream<Item = Result<sse::Event, Infallible>> {
        futures::stream::unfold(self, |mut this| async move { this.next().await.map(|event| (Ok(event), this)) })
    }

    /// The next event; nothing when the stream is to end.
    async fn next(&mut self) -> Option<sse::Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let turn = tokio::select! {
                signal = self.signals.recv() => Turn::Heard(signal),
                _ = self.counts.tick(), if self.counts_stale => Turn::Counts,
                _ = self.heartbeat.tick() => Turn::Heartbeat,
                _ = closed(&mut self.closing) => return None,
            };
            match turn {
                Turn::Heard(Ok(signal)) => self.hear(&signal),
                Turn::Heard(Err(RecvError::Lagged(_))) => self.ready.push_back(resync()),
                Turn::Heard(Err(RecvError::Closed)) => return None,
                Turn::Counts => {
                    self.counts_stale = false;
                    self.ready.push_back(sse::Event::default().event("counts").data("{}"));
                }
                Turn::Heartbeat => {
                    if !self.still_allowed().await {
                        return None;
                    }
                    self.ready.push_back(sse::Event::default().comment("alive"));
                }
            }
        }
    }

    fn hear(&mut self, signal: &Signal) {
        match signal {
            Signal::Event(event) if visible(&self.scope, event) => {
                self.counts_stale = true;
                self.ready.push_back(told(event));
            }
            Signal::Event(_) => {}
            Signal::Notice(notice) if notice.person == self.caller.person.uuid() => {
                let data = serde_json::to_string(notice.as_ref()).unwrap_or_default();
                self.ready.push_back(sse::Event::default().event("notification").data(data));
            }
            Signal::Notice(_) => {}
            Signal::Resync => self.ready.push_back(resync()),
        }
    }

    /// Looks whether the session still is and what it allows by now. While the database is out of reach nobody is thrown out.
    async fn still_allowed(&mut self) -> bool {
        match self.identity.is_alive(&self.caller).await {
            Ok(false) => return false,
            Ok(true) => {}
            Err(_) => return true,
        }
        match self.identity.caller_of(self.caller.person).await {
            Ok(Some(caller)) => match Allowed::<FollowEvents>::check(caller) {
                Ok(allowed) => {
                    self.scope = allowed.scope();
                    true
                }
                Err(_) => false,
            },
            Ok(None) => false,
            Err(_) => true,
        }
    }
}

/// As in the lists: who works for a unit hears what the unit was given, also beyond its own ground; everybody else goes by place.
fn visible(scope: &Scope, event: &Event) -> bool {
    if scope.units.is_none() {
        return scope.covers_region(event.jurisdiction());
    }
    scope.covers_unit(event.unit()) || event.previous_unit().is_some_and(|unit| scope.covers_unit(Some(unit)))
}

/// The event under the name of its kind: `lead.filed` is a `lead`.
fn told(event: &Event) -> sse::Event {
    let kind = event.topic.split('.').next().unwrap_or_default();
    let mut data = match &event.payload {
        Value::Object(facts) => facts.clone(),
        other => serde_json::Map::from_iter([("data".to_owned(), other.clone())]),
    };
    data.insert("id".to_owned(), json!(event.docket_id));
    data.insert("topic".to_owned(), json!(event.topic));
    sse::Event::default().id(event.id.to_string()).event(one_line(kind)).data(Value::Object(data).to_string())
}

/// A line break in a name would forge another event.
fn one_line(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

fn resync() -> sse::Event {
    sse::Event::default().event("resync").data("{}")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_unit_hears_of_what_it_holds_and_of_what_it_lost() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let scope = Scope { regions: vec!["330482".into()], units: Some(vec![own]), person: own.into() };
        let event = |jurisdiction: &str, unit, previous| Event {
            id: 1,
            topic: "lead.dispatched".into(),
            docket_id: own.into(),
            region: "330482".into(),
            seq: 1,
            at: DateTime::UNIX_EPOCH,
            payload: json!({ "jurisdiction": jurisdiction, "unit": unit, "previous_unit": previous }),
        };
        assert!(visible(&scope, &event("330482101", Some(own), None)));
        assert!(visible(&scope, &event("330482101", Some(other), Some(own))));
        assert!(!visible(&scope, &event("330482101", Some(other), None)));
        assert!(!visible(&scope, &event("330482101", None, None::<Uuid>)));
        // What the unit was given is its own wherever it lies.
        assert!(visible(&scope, &event("330424101", Some(own), None)));
    }
}
