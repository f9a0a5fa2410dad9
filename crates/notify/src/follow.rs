//! The follower: hears which events were relayed and who was told something, on whatever node, and puts it on this node's bus.

use std::{sync::Arc, time::Duration};

use database::{DatabaseError, listen::Heard};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Notify, Signal, notification, store};

/// The channel of the followers.
const CHANNEL: &str = "bihuan_bus";
/// PostgreSQL's limit for a word is 8000 bytes.
const LONGEST_WORD: usize = 7000;

/// Tells every follower that these events were relayed, when the transaction commits.
pub(crate) async fn tell_events(connection: &mut PgConnection, ids: &[i64]) -> Result<(), DatabaseError> {
    tell(connection, "e", ids.iter().map(ToString::to_string)).await
}

/// Tells every follower of these notifications, when the transaction commits.
pub(crate) async fn tell_notices(connection: &mut PgConnection, ids: &[Uuid]) -> Result<(), DatabaseError> {
    tell(connection, "n", ids.iter().map(ToString::to_string)).await
}

async fn tell(connection: &mut PgConnection, kind: &str, ids: impl Iterator<Item = String>) -> Result<(), DatabaseError> {
    let mut word = kind.to_owned();
    for id in ids {
        if word.len() + id.len() > LONGEST_WORD {
            database::listen::notify(connection, CHANNEL, &word).await?;
            kind.clone_into(&mut word);
        }
        word.push(' ');
        word.push_str(&id);
    }
    database::listen::notify(connection, CHANNEL, &word).await
}

pub(crate) async fn run(notify: Notify) {
    let mut closing = notify.closing.subscribe();
    let mut listener = loop {
        match database::listen::listen(notify.database.pool(), CHANNEL).await {
            Ok(listener) => break listener,
            Err(error) => {
                tracing::warn!(%error, "the follower cannot listen yet");
                if notify.pause(Duration::from_secs(1)).await {
                    return;
                }
            }
        }
    };
    loop {
        let heard = tokio::select! {
            heard = listener.next() => heard,
            _ = closing.wait_for(|closing| *closing) => return,
        };
        match heard {
            Heard::Resumed => notify.bus.send(Signal::Resync),
            Heard::Word(word) if notify.bus.is_heard() => {
                if let Err(error) = publish(&notify, &word).await {
                    tracing::warn!(%error, "relayed events could not be read for the bus");
                    notify.bus.send(Signal::Resync);
                }
            }
            // No page is open here: nobody to read the rows for.
            Heard::Word(_) => {}
        }
    }
}

async fn publish(notify: &Notify, word: &str) -> sqlx::Result<()> {
    let (kind, ids) = word.split_once(' ').unwrap_or((word, ""));
    let ids = ids.split(' ');
    match kind {
        "e" => {
            let ids: Vec<i64> = ids.filter_map(|id| id.parse().ok()).collect();
            for event in store::events(notify.database.pool(), &ids).await? {
                notify.bus.send(Signal::Event(Arc::new(event)));
            }
        }
        "n" => {
            let ids: Vec<Uuid> = ids.filter_map(|id| id.parse().ok()).collect();
            for notice in notification::store::by_ids(notify.database.pool(), &ids).await? {
                notify.bus.send(Signal::Notice(Arc::new(notice)));
            }
        }
        _ => notify.bus.send(Signal::Resync),
    }
    Ok(())
}
