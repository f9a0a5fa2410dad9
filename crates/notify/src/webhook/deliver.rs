//! Queueing events for webhooks, and trying each until it is taken or a day has passed.

use std::time::Duration;

use chrono::{DateTime, Duration as Span, Utc};
use futures::{StreamExt, stream};
use sqlx::PgConnection;

use super::{hears, store};
use crate::{Event, Notify, Tried};

const CLOUD_EVENT: &str = "application/cloudevents+json; charset=utf-8";
/// After so long without success a delivery is dead.
pub(super) const LIFE: Span = Span::hours(24);
/// Deliveries that one node tries at once.
const AT_ONCE: usize = 8;
/// Deliveries that one node takes in one go.
const BATCH: i64 = 32;
/// A node that took a delivery and died is waited for so long.
const CLAIM: Span = Span::minutes(2);
/// The first wait after a failure; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Span = Span::seconds(15);
/// The longest wait between two tries.
const LONGEST_WAIT: Span = Span::hours(1);
/// How often the queue is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Queues the events for every active webhook that wants them, in the relay's transaction.
pub(crate) async fn enqueue(connection: &mut PgConnection, events: &[&Event], now: DateTime<Utc>) -> sqlx::Result<()> {
    let webhooks = store::active(&mut *connection).await?;
    let mut rows = Vec::new();
    for event in events {
        for webhook in webhooks.iter().filter(|webhook| hears(&webhook.topics, &event.topic)) {
            rows.push(store::New {
                webhook: webhook.id,
                outbox: event.id,
                docket: event.docket_id.uuid(),
                topic: event.topic.clone(),
                body: event.cloud_event().to_string(),
            });
        }
    }
    if rows.is_empty() { Ok(()) } else { store::enqueue(connection, &rows, now, now + LIFE).await }
}

pub(crate) async fn run(notify: Notify) {
    loop {
        match notify.deliver_due().await {
            Ok(0) => {
                if notify.pause(LOOK).await {
                    return;
                }
            }
            Ok(_) => {
                if *notify.closing.borrow() {
                    return;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the queue of webhooks could not be read and is looked at again");
                if notify.pause(LOOK * 5).await {
                    return;
                }
            }
        }
    }
}

impl Notify {
    /// Tries the deliveries that are due, and says how many it tried.
    ///
    /// # Errors
    /// The database's; what was tried but not written down is tried again.
    pub async fn deliver_due(&self) -> sqlx::Result<usize> {
        let now = self.clock.now();
        let claimed = store::claim(self.database.pool(), now, now + CLAIM, BATCH).await?;
        let tried = claimed.len();
        let ends: Vec<sqlx::Result<()>> = stream::iter(claimed).map(|one| self.try_one(one)).buffer_unordered(AT_ONCE).collect().await;
        ends.into_iter().collect::<sqlx::Result<Vec<()>>>()?;
        Ok(tried)
    }

    async fn try_one(&self, one: store::Claimed) -> sqlx::Result<()> {
        let headers = [("bihuan-delivery", one.id.to_string()), ("bihuan-topic", one.topic.clone())];
        let tried = self.outgoing.post(&one.url, (one.webhook_id, &one.secret), CLOUD_EVENT, &headers, one.body).await;
        let (status, error) = match tried {
            Tried::Answered(status, _) if status.is_success() => {
                metrics::counter!("bihuan_webhook_tries_total", "outcome" => "taken").increment(1);
                let code = i32::from(status.as_u16());
                return store::settle(self.database.pool(), one.id, "delivered", self.clock.now(), Some(code), None).await;
            }
            Tried::Answered(status, _) => (Some(i32::from(status.as_u16())), format!("对方应答 {}", status.as_u16())),
            Tried::Failed(why) | Tried::Unreached(why) => (None, why),
        };
        metrics::counter!("bihuan_webhook_tries_total", "outcome" => "failed").increment(1);
        let now = self.clock.now();
        let next_at = now + wait(one.attempts, rand::random_range(0.75..1.25));
        let state = if next_at < one.give_up_at { "waiting" } else { "dead" };
        if state == "dead" {
            tracing::error!(webhook = %one.webhook_id, delivery = one.id, topic = %one.topic, "a delivery was given up after a day of tries");
        }
        store::settle(self.database.pool(), one.id, state, next_at, status, Some(&error)).await
    }
}

/// How long to wait after so many failures.
fn wait(attempts: i32, jitter: f64) -> Span {
    let doubled = FIRST_WAIT * (1 << attempts.saturating_sub(1).clamp(0, 10));
    let seconds = doubled.min(LONGEST_WAIT).num_seconds();
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "at most an hour in seconds")]
    Span::milliseconds((seconds as f64 * jitter * 1000.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds: Vec<i64> = (1..=10).map(|attempts| wait(attempts, 1.0).num_seconds()).collect();
        assert_eq!(seconds, [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
        assert_eq!(wait(i32::MAX, 1.25).num_seconds(), 4500);
    }
}
