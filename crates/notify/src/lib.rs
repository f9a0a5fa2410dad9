//! Telling (通知): what leaves through the docket's outbox reaches consumers, open pages, people and other systems.
//!
//! The relay, one among all nodes at a time, takes events in order. In one transaction it hands them to the consumers, queues them
//! for webhooks, marks them delivered and tells every node's follower, which puts them on that node's [`Bus`] for the open pages.
//!
//! Invariants:
//! - at least once, and in order per docket; what a consumer does in the transaction it is given, it does exactly once;
//! - nothing is dropped unseen: a page that lags is told to reload, a webhook that fails for a day is dead and says so, an event
//!   that a consumer cannot take stands in `outbox_failure`;
//! - only events inside a caller's scope reach his page, a notification only its person's;
//! - a webhook reaches https addresses of the public internet, or the machine itself, nothing in between unless the settings allow it.
//!
//! Tables: `outbox_failure`, `notification`, `webhook`, `webhook_delivery`; marks and purges `outbox`. May know: identity, docket.

mod backlog;
mod bus;
mod event;
mod follow;
mod notification;
mod outgoing;
mod relay;
mod rights;
mod service;
mod store;
mod stream;
mod sweep;
mod webhook;

pub use backlog::Backlog;
pub use bus::{Bus, Signal};
pub use event::{Consumed, Consumer, Event};
pub use notification::{Notice, TellError};
pub use outgoing::{Asked, Outgoing, Sent, Tried};
pub use relay::RelayError;
pub use rights::{FollowEvents, ManageWebhooks, rights};
pub use service::{Notify, Running, Settings};

use database::Migration;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The steps of this room's schema.
pub const MIGRATIONS: &[Migration] = &[Migration { version: 5000, name: "notify", sql: include_str!("../migrations/5000_notify.sql") }];

/// What the signed-in may call. The identity layer stands above.
pub fn routes(notify: Notify) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(stream::follow))
        .routes(routes!(notification::list::list))
        .routes(routes!(notification::read::read))
        .routes(routes!(notification::read::read_all))
        .routes(routes!(webhook::list::list, webhook::create::create))
        .routes(routes!(webhook::change::change, webhook::remove::remove))
        .routes(routes!(webhook::deliveries::deliveries))
        .routes(routes!(webhook::retry::retry))
        .with_state(notify)
}
