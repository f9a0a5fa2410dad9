//! One connection to the broker after the other (连接).
//!
//! Each connection is made anew and forgets all of the one before, down to the library's own queues: an acknowledgement that survived in
//! them would go out under a number that by then may be another message's. What was not acknowledged the broker keeps and brings again.

use std::{pin::pin, sync::Arc, time::Duration};

use database::advisory::Held;
use rumqttc::v5::{AsyncClient, Event, Incoming, mqttbytes::QoS};
use tokio::{sync::mpsc, task::AbortHandle};

use crate::{
    Intake, MOST_UNDER_WAY, Settings,
    worker::{self, Done},
};

/// How long to wait before the broker is called again.
const AGAIN: Duration = Duration::from_secs(2);
/// How often it is made sure that the lock is still held.
const LOOK: Duration = Duration::from_secs(10);

/// Why a connection came to its end.
enum End {
    /// The broker is out of reach.
    Broken(String),
    /// The lock is gone: another node may be connecting.
    LockLost,
}

/// Stays connected as long as the lock is held.
pub(crate) async fn keep(settings: &Settings, intake: &Arc<dyn Intake>, held: &mut Held) {
    loop {
        match once(settings, intake, held).await {
            End::Broken(reason) => tracing::warn!(reason, "the broker is out of reach and is called again shortly"),
            End::LockLost => return,
        }
        tokio::time::sleep(AGAIN).await;
        if !held.is_alive().await {
            return;
        }
    }
}

/// Ends a task when it goes out of scope.
struct Ending(AbortHandle);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Connects, and takes what the broker brings until the connection ends.
async fn once(settings: &Settings, intake: &Arc<dyn Intake>, held: &mut Held) -> End {
    let (options, waiting) = match settings.options() {
        Ok(options) => options,
        Err(error) => return End::Broken(error.to_string()),
    };
    let (client, mut events) = AsyncClient::new(options, waiting);
    let (bring, brought) = mpsc::channel(usize::from(MOST_UNDER_WAY));
    let (finish, mut finished) = mpsc::channel(usize::from(MOST_UNDER_WAY));
    let _ending = Ending(tokio::spawn(worker::work(intake.clone(), brought, finish)).abort_handle());
    let mut look = tokio::time::interval(LOOK);
    loop {
        let heard = {
            // Never dropped half-way: a poll that is cut off may have sent half a packet.
            let mut poll = pin!(events.poll());
            loop {
                tokio::select! {
                    heard = &mut poll => break heard,
                    Some(done) = finished.recv() => settle(&client, settings, &done),
                    _ = look.tick() => if !held.is_alive().await { return End::LockLost },
                }
            }
        };
        match heard {
            Ok(Event::Incoming(Incoming::ConnAck(_))) => {
                tracing::info!(?settings, "connected to the broker");
                // Subscribing again to what the session has changes nothing.
                if let Err(error) = client.try_subscribe(&settings.topic, QoS::AtLeastOnce) {
                    return End::Broken(error.to_string());
                }
            }
            // A broker that sends more than was agreed is held back by its socket: nothing is read before there is room.
            Ok(Event::Incoming(Incoming::Publish(publish))) => loop {
                tokio::select! {
                    Ok(room) = bring.reserve() => {
                        room.send(publish);
                        break;
                    }
                    Some(done) = finished.recv() => settle(&client, settings, &done),
                    else => return End::Broken("the worker is gone".to_owned()),
                }
            },
            Ok(_) => {}
            Err(error) => return End::Broken(error.to_string()),
        }
    }
}

/// Answers what was refused, and acknowledges.
fn settle(client: &AsyncClient, settings: &Settings, done: &Done) {
    if done.taken.refused && client.try_publish(&settings.receipts, QoS::AtLeastOnce, false, done.taken.receipt.clone()).is_err() {
        tracing::warn!("a refusal could not be answered");
    }
    if client.try_ack(&done.publish).is_err() {
        tracing::warn!("a message could not be acknowledged and comes again");
    }
}
