//! Neighbour cities (邻市对接): the client of another city's GeoReport v2 server.
//!
//! Table: `neighbour`. What belongs to a neighbour is referred to it (转邻市) and followed there by its number; what a neighbour was told of
//! our ground is taken in as leads of the source `neighbour`. This room knows leads only through its port [`Desk`].
//!
//! Invariants:
//! - a referral is sent under one key, with the words it had when it was decided, so that a repetition is known as one;
//! - a request that was taken in is one lead, however often it is read; the mark of how far was read moves only after all of it is here;
//! - a key to a neighbour's server is kept sealed and never shown; addresses are those that webhooks may reach.

mod answer;
mod client;
mod desk;
mod follow;
mod list;
mod prepare;
mod pull;
mod routes;
mod save;
mod send;
mod service;
mod store;

pub(crate) use prepare::referred_number;

pub use desk::{Desk, Incoming, Outward, Prepared, Standing, ToFollow, ToSend, Turn};
pub use routes::exchange_routes;
pub use service::{Exchange, ExchangeParts};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Our class beside the neighbour's service (类别对应).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServicePair {
    /// A class code of ours, or its first digits.
    pub class: String,
    /// The neighbour's `service_code`.
    pub service: String,
}

/// What seals a neighbour's key: an id of its own, made of its code.
fn owner(region: &str, code: &str) -> uuid::Uuid {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, format!("bihuan/neighbour/{region}/{code}").as_bytes())
}
