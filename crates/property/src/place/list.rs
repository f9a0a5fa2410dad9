//! `GET /api/v1/property/places`: the storage places.

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{PlaceKind, store};
use crate::{Property, rights};

/// Places shown at most: more than a county has.
const MOST: i64 = 500;

/// A storage place (保管场所).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyPlace {
    id: Uuid,
    /// The ground that it serves.
    jurisdiction: String,
    name: String,
    kind: PlaceKind,
    kind_label: &'static str,
    address: Option<String>,
    /// Items at most.
    capacity: Option<i32>,
    /// The code of the role that keeps it.
    keeper_role: String,
    closed: bool,
    /// To be sent with a change.
    version: i64,
    changed_at: DateTime<Utc>,
    /// Items that are in it now.
    items: i64,
    /// When a stock-take of it last ended.
    counted_at: Option<DateTime<Utc>>,
    /// A stock-take goes on: nothing goes in or out.
    counting: bool,
}

/// The storage places (保管场所).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PropertyPlaces {
    items: Vec<PropertyPlace>,
}

/// Lists the storage places on the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/property/places", tag = "property", operation_id = "list_property_places",
    responses((status = 200, body = PropertyPlaces, description = "The places")))]
pub(crate) async fn list(State(room): State<Property>, allowed: Allowed<rights::SeeProperty>) -> Answer<Json<PropertyPlaces>> {
    let rows = store::list(room.database().pool(), &allowed.scope(), room.home_region(), MOST).await?;
    let items = rows.into_iter().filter_map(|row| {
        let kind: PlaceKind = row.place.kind.parse().ok()?;
        Some(PropertyPlace {
            id: row.place.id,
            jurisdiction: row.place.jurisdiction,
            name: row.place.name,
            kind,
            kind_label: kind.label(),
            address: row.place.address,
            capacity: row.place.capacity,
            keeper_role: row.place.keeper_role,
            closed: row.place.closed,
            version: row.place.version,
            changed_at: row.place.changed_at,
            items: row.items,
            counted_at: row.counted_at,
            counting: row.counting,
        })
    });
    Ok(Json(PropertyPlaces { items: items.collect() }))
}
