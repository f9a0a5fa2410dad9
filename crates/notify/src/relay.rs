//! The relay (转发): takes events out of the outbox in order, one node at a time.

use std::{collections::HashSet, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use database::DatabaseError;
use sqlx::{Acquire, PgConnection, Postgres, Transaction};

use crate::{Consumer, Event, Notify, follow, store, webhook};

/// Events in one transaction; their ids must fit into the words that the followers hear.
const BATCH: i64 = 400;
/// Tries before an event that a consumer cannot take is given up for it.
const MOST_ATTEMPTS: i32 = 12;
/// How long a burst is let gather before it is taken in one go.
const GATHER: Duration = Duration::from_millis(50);
/// How long the relay waits at most for a word: it looks by itself as well.
const LOOK: Duration = Duration::from_secs(1);

/// What can go wrong in a round.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The database refused a statement.
    #[error("the database refused a round of the relay")]
    Sql(#[from] sqlx::Error),
    /// The lock or the word to the followers failed.
    #[error("the relay's lock or word")]
    Database(#[from] DatabaseError),
}

pub(crate) async fn run(notify: Notify) {
    let wake = Arc::new(tokio::sync::Notify::new());
    let ear = tokio::spawn(listen(notify.clone(), wake.clone()));
    let mut closing = notify.closing.subscribe();
    while !*closing.borrow() {
        match notify.relay_once().await {
            Ok(0) => {
                tokio::select! {
                    () = wake.notified() => tokio::time::sleep(GATHER).await,
                    () = tokio::time::sleep(LOOK) => {}
                    _ = closing.changed() => {}
                }
            }
            Ok(handled) if handled as i64 >= BATCH => {}
            // More are on their way while reports come in a stream: a round costs as much for one as for many.
            Ok(_) => tokio::time::sleep(GATHER).await,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a round of the relay failed and is tried again");
                if notify.pause(LOOK).await {
                    break;
                }
            }
        }
    }
    ear.abort();
}

/// Turns any number of words into one waking, so that no backlog of words grows.
async fn listen(notify: Notify, wake: Arc<tokio::sync::Notify>) {
    let mut listener = loop {
        match database::listen::listen(notify.database.pool(), "bihuan_outbox").await {
            Ok(listener) => break listener,
            Err(_) => tokio::time::sleep(LOOK).await,
        }
    };
    loop {
        listener.next().await;
        wake.notify_one();
    }
}

impl Notify {
    /// One round: as many events as one transaction takes. Zero when there are none, or another node is at it.
    ///
    /// # Errors
    /// The database's; nothing of the round happened then.
    pub async fn relay_once(&self) -> Result<usize, RelayError> {
        let mut transaction = self.database.pool().begin().await?;
        if !database::advisory::try_lock_in_transaction(&mut transaction, "notify.relay").await? {
            return Ok(0);
        }
        let now = self.clock.now();
        let events = store::undelivered(&mut transaction, now, BATCH).await?;
        if events.is_empty() {
            return Ok(0);
        }
        let taken = self.consume(&mut transaction, &events, now).await?;
        let handled = taken.len();
        if !taken.is_empty() {
            webhook::deliver::enqueue(&mut transaction, &taken, now).await?;
            let ids: Vec<i64> = taken.iter().map(|event| event.id).collect();
            store::mark_delivered(&mut transaction, &ids, now).await?;
            follow::tell_events(&mut transaction, &ids).await?;
        }
        transaction.commit().await?;
        Ok(handled)
    }

    /// Hands the events to the consumers: all in one go, and only if that fails one by one, so that one bad event stops its docket alone.
    async fn consume<'e>(
        &self,
        transaction: &mut Transaction<'_, Postgres>,
        events: &'e [Event],
        now: DateTime<Utc>,
    ) -> Result<Vec<&'e Event>, RelayError> {
        if self.consumers.is_empty() {
            return Ok(events.iter().collect());
        }
        let mut attempt = transaction.begin().await?;
        let mut whole = true;
        for event in events {
            if hand_over(&self.consumers, &mut attempt, event).await.is_err() {
                whole = false;
                break;
            }
        }
        if whole {
            attempt.commit().await?;
            return Ok(events.iter().collect());
        }
        attempt.rollback().await?;
        self.one_by_one(transaction, events, now).await
    }

    async fn one_by_one<'e>(
        &self,
        transaction: &mut Transaction<'_, Postgres>,
        events: &'e [Event],
        now: DateTime<Utc>,
    ) -> Result<Vec<&'e Event>, RelayError> {
        let mut taken = Vec::new();
        let mut waiting = HashSet::new();
        for event in events {
            if waiting.contains(&event.docket_id) {
                continue;
            }
            let mut attempt = transaction.begin().await?;
            let Err((consumer, error)) = hand_over(&self.consumers, &mut attempt, event).await else {
                attempt.commit().await?;
                taken.push(event);
                continue;
            };
            attempt.rollback().await?;
            let attempts = store::record_failure(transaction, event, consumer, &error.to_string(), now).await?;
            if attempts >= MOST_ATTEMPTS {
                tracing::error!(consumer, event = event.id, topic = %event.topic, %error, "a consumer could not take an event; given up, see outbox_failure");
                store::give_up(transaction, event.id, now).await?;
                taken.push(event);
            } else {
                tracing::warn!(consumer, event = event.id, topic = %event.topic, %error, attempts, "a consumer could not take an event; tried again later");
                // 2 s, 4 s, 8 s … about an hour for the last.
                let wait = chrono::Duration::seconds(1_i64 << attempts.clamp(1, 12));
                store::postpone(transaction, event.id, now + wait).await?;
                waiting.insert(event.docket_id);
            }
        }
        Ok(taken)
    }
}

async fn hand_over(
    consumers: &[Arc<dyn Consumer>],
    connection: &mut PgConnection,
    event: &Event,
) -> Result<(), (&'static str, Box<dyn std::error::Error + Send + Sync>)> {
    for consumer in consumers {
        consumer.consume(connection, event).await.map_err(|error| (consumer.name(), error))?;
    }
    Ok(())
}
