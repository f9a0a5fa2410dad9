//! Messages (报文): reports that other systems send in their own form, one JSON object each.
//!
//! A source's mapping says where in the object each field of a lead stands; from there on a message is a row like that of a file. The
//! source's own number is the key: sent again, it is the same lead; sent again in other words, the words are added to the lead as long as
//! it is open, and make a lead that follows it when it is over.

pub(crate) mod mapping;
pub(crate) mod preview;
pub(crate) mod receive;
mod store;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::Leads;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<Leads> {
    OpenApiRouter::new().routes(routes!(receive::receive)).routes(routes!(preview::preview))
}
