//! MQTT (物联消息接入): machine events that come over a broker instead of HTTP.
//!
//! This room knows MQTT 5 and nothing of machines: messages go through the port [`Intake`], which the binary wires.
//!
//! Invariants:
//! - a message is acknowledged to the broker after it is durable here, never before; what was not acknowledged comes again, and an
//!   event that comes again is one;
//! - an acknowledgement goes out on the connection that brought its message, or not at all: on a later one the same number may be another
//!   message;
//! - at most [`MOST_UNDER_WAY`] messages wait here; the broker keeps the rest;
//! - of all nodes of a house one is connected, under one name, so that the broker's session is the house's;
//! - what is refused is answered on the topic of receipts, and acknowledged: it would be refused again.

mod connection;
mod port;
mod settings;
mod worker;

pub use port::{Intake, Later, Taken};
pub use settings::{Settings, SettingsError};

use std::{sync::Arc, time::Duration};

use database::{Database, advisory};

/// Messages that are held at a time: the broker sends no more before some are acknowledged (MQTT 5, receive maximum).
pub const MOST_UNDER_WAY: u16 = 32;
/// A message is at most so large, in bytes.
pub const LARGEST_MESSAGE: u32 = 2 * 1024 * 1024;
/// How long a node waits before it asks again whether another one is connected.
const TURN: Duration = Duration::from_secs(5);

/// Takes messages from the broker for as long as it is let, while no other node of the house does.
pub async fn run(settings: Settings, database: Database, intake: Arc<dyn Intake>) {
    loop {
        match advisory::try_hold(database.pool(), "gateway.mqtt").await {
            Ok(Some(mut held)) => connection::keep(&settings, &intake, &mut held).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "whether another node is connected to the broker could not be asked"),
        }
        tokio::time::sleep(TURN).await;
    }
}
