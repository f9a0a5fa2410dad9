//! `GET /api/v1/centre/rooms`: the rooms.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RoomEquipment, RoomKind, store};
use crate::{Centre, rights};

/// Rooms shown at most: more than a county has.
const MOST: i64 = 200;

/// A room (房间).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRoom {
    pub id: Uuid,
    /// The ground that it serves.
    jurisdiction: String,
    pub name: String,
    pub kind: RoomKind,
    pub kind_label: &'static str,
    seats: i32,
    /// The days of the week that it is open on; 1 is Monday.
    weekdays: Vec<i16>,
    /// `HH:MM` in the city.
    opens: String,
    /// `HH:MM` in the city.
    closes: String,
    equipment: Vec<RoomEquipment>,
    equipment_labels: Vec<&'static str>,
    /// It records sound and picture by itself.
    pub records: bool,
    pub closed: bool,
    /// To be sent with a change.
    version: i64,
}

/// The rooms (房间).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreRooms {
    items: Vec<CentreRoom>,
}

impl CentreRoom {
    pub fn of(row: store::RoomRow) -> Option<Self> {
        let kind: RoomKind = row.kind.parse().ok()?;
        let equipment: Vec<RoomEquipment> = row.equipment.iter().filter_map(|code| code.parse().ok()).collect();
        Some(Self {
            id: row.id,
            jurisdiction: row.jurisdiction,
            name: row.name,
            kind,
            kind_label: kind.label(),
            seats: row.seats,
            weekdays: row.weekdays,
            opens: row.opens.format("%H:%M").to_string(),
            closes: row.closes.format("%H:%M").to_string(),
            equipment_labels: equipment.iter().map(|it| it.label()).collect(),
            equipment,
            records: row.records,
            closed: row.closed,
            version: row.version,
        })
    }
}

/// Lists the rooms that serve the caller's ground.
///
/// # Errors
/// The database's.
#[utoipa::path(get, path = "/api/v1/centre/rooms", tag = "centre", operation_id = "list_centre_rooms",
    responses((status = 200, body = CentreRooms, description = "The rooms")))]
pub(crate) async fn list(State(centre): State<Centre>, allowed: Allowed<rights::SeeCentre>) -> Answer<Json<CentreRooms>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), centre.home_region(), MOST).await?;
    Ok(Json(CentreRooms { items: rows.into_iter().filter_map(CentreRoom::of).collect() }))
}
