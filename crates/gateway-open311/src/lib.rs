//! Open311 GeoReport v2 (Open311 接口): other programs report leads and follow them in the international form.
//!
//! This room knows the form and nothing of leads: it reads services from the catalogue and writes and reads service requests through
//! the port [`Requests`], which the binary wires. The other way round it is the client of neighbour cities' servers ([`Exchange`]), through
//! the port [`Desk`]. Nouns: neighbour (邻市), service (a matter of the catalogue, 事项), service request (a lead, 线索), token
//! (a tracking code, 查询码).
//!
//! Invariants:
//! - nothing of a reporter's name, telephone, e-mail, account or device leaves in an answer, and the last three are not kept at all;
//! - XML is written and never read, so no request can make this room resolve an entity; a `media_url` is kept as text, never fetched;
//! - the same report sent twice is one lead;
//! - every answer, refusals too, is in the format that the address names.

mod asked;
mod definition;
mod discovery;
mod fault;
mod format;
mod gateway;
mod neighbour;
mod port;
mod public_words;
mod request;
mod requests;
mod rights;
mod routes;
mod services;
mod settings;
mod submit;
mod token;
mod w3c;
mod xml;

pub use gateway::Gateway;
pub use neighbour::{Desk, Exchange, ExchangeParts, Incoming, Outward, Prepared, Standing, ToFollow, ToSend, Turn, exchange_routes};
pub use port::{Filter, NewRequest, Receipt, Requests, ServiceRequest};
pub use rights::rights;
pub use routes::routes;
pub use settings::Settings;

use database::Migration;

/// The tables of this room.
pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 7000, name: "neighbour", sql: include_str!("../migrations/7000_neighbour.sql") }];
