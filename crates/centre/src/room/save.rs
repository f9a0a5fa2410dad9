//! Adding and changing a room; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use chrono::NaiveTime;
use http_api::{Answer, Json, Path};
use identity::{
    Allowed, Caller,
    audit::{self, SettingChange},
};
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RoomEquipment, RoomKind, no_room, store};
use crate::{
    Centre, rights,
    words::{required, wrong},
};

/// What can be changed about a room (房间设置).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreRoomSettings {
    seats: i32,
    /// 1 is Monday.
    weekdays: Vec<i16>,
    /// `HH:MM`.
    opens: String,
    /// `HH:MM`.
    closes: String,
    #[serde(default)]
    equipment: Vec<RoomEquipment>,
    #[serde(default)]
    closed: bool,
}

/// A new room (新增房间).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreRoom {
    /// The ground that it serves: a region's code within the caller's ground.
    jurisdiction: String,
    name: String,
    kind: RoomKind,
    settings: CentreRoomSettings,
}

/// A change of a room (修改房间).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreRoomChange {
    /// The version that the caller saw.
    version: i64,
    settings: CentreRoomSettings,
}

/// What was saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedCentreRoom {
    id: Uuid,
}

fn clock(field: &'static str, text: &str) -> Result<NaiveTime, Problem> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| wrong(field, "时间应为 09:00 这样的写法"))
}

fn laid(row: &mut store::RoomRow, settings: &CentreRoomSettings) -> Result<(), Problem> {
    if !(1..=500).contains(&settings.seats) {
        return Err(wrong("settings.seats", "座位应为 1 至 500"));
    }
    row.weekdays = settings.weekdays.iter().copied().filter(|day| (1..=7).contains(day)).collect();
    row.weekdays.sort_unstable();
    row.weekdays.dedup();
    if row.weekdays.is_empty() {
        return Err(wrong("settings.weekdays", "请选择开放日"));
    }
    (row.opens, row.closes) = (clock("settings.opens", &settings.opens)?, clock("settings.closes", &settings.closes)?);
    if row.opens >= row.closes {
        return Err(wrong("settings.closes", "关闭时间应当晚于开放时间"));
    }
    row.seats = settings.seats;
    row.equipment = RoomEquipment::ALL.iter().filter(|it| settings.equipment.contains(it)).map(|it| it.code().to_owned()).collect();
    row.records = settings.equipment.contains(&RoomEquipment::Recording);
    row.closed = settings.closed;
    Ok(())
}

fn told(row: &store::RoomRow) -> Value {
    json!({ "name": row.name, "kind": row.kind, "jurisdiction": row.jurisdiction, "seats": row.seats, "weekdays": row.weekdays,
        "opens": row.opens, "closes": row.closes, "equipment": row.equipment, "closed": row.closed })
}

async fn leave(
    centre: &Centre,
    connection: &mut PgConnection,
    caller: &Caller,
    before: Option<&store::RoomRow>,
    after: &store::RoomRow,
) -> Answer<()> {
    let action = if before.is_some() { "centre-room-changed" } else { "centre-room-added" };
    let change =
        SettingChange { region: &after.region, action, target: &after.name, before: before.map_or(Value::Null, told), after: told(after) };
    audit::record(connection, centre.now(), caller.person, change).await?;
    Ok(())
}

/// Adds a room.
///
/// # Errors
/// `scope-exceeded`, `room-known`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/centre/rooms", tag = "centre", operation_id = "add_centre_room",
    request_body = NewCentreRoom, responses((status = 201, body = SavedCentreRoom, description = "Added")))]
pub(crate) async fn add(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepRooms>,
    Json(wanted): Json<NewCentreRoom>,
) -> Answer<(StatusCode, Json<SavedCentreRoom>)> {
    let digits = wanted.jurisdiction.chars().all(|c| c.is_ascii_digit());
    if !digits || !wanted.jurisdiction.starts_with(centre.home_region()) || !allowed.scope().covers_region(&wanted.jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "只能在自己的辖区内设置房间").into());
    }
    let now = centre.now();
    let mut row = store::RoomRow {
        id: uuid_at(now),
        number: 0,
        region: centre.home_region().to_owned(),
        jurisdiction: wanted.jurisdiction,
        name: required("name", "名称", &wanted.name, 80)?,
        kind: wanted.kind.code().to_owned(),
        seats: 1,
        weekdays: Vec::new(),
        opens: NaiveTime::MIN,
        closes: NaiveTime::MIN,
        equipment: Vec::new(),
        records: false,
        closed: false,
        version: 1,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    laid(&mut row, &wanted.settings)?;
    let mut transaction = centre.database().pool().begin().await?;
    if !store::insert(&mut transaction, &row).await? {
        return Err(Problem::conflict("room-known", "已经有这个名称的房间").field("name", "换一个名称").into());
    }
    leave(&centre, &mut transaction, &allowed.caller, None, &row).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(SavedCentreRoom { id: row.id })))
}

/// Changes a room. What was booked before stays booked.
///
/// # Errors
/// `room-not-found`, `scope-exceeded`, `version-conflict`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/centre/rooms/{id}", tag = "centre", operation_id = "change_centre_room",
    params(("id" = Uuid, Path, description = "The room")), request_body = CentreRoomChange,
    responses((status = 200, body = SavedCentreRoom, description = "Changed")))]
pub(crate) async fn change(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepRooms>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CentreRoomChange>,
) -> Answer<Json<SavedCentreRoom>> {
    let mut transaction = centre.database().pool().begin().await?;
    let before = store::one(&mut transaction, &allowed.scope(), centre.home_region(), id).await?.ok_or_else(no_room)?;
    if !allowed.scope().covers_region(&before.jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "这个房间服务的范围超出了您的辖区").into());
    }
    let mut after = before.clone();
    laid(&mut after, &wanted.settings)?;
    (after.version, after.changed_by, after.changed_at) = (wanted.version + 1, allowed.caller.person.uuid(), centre.now());
    if !store::update(&mut transaction, &after).await? {
        return Err(Problem::precondition_failed("version-conflict", "该房间已被他人修改，请刷新后重试").into());
    }
    leave(&centre, &mut transaction, &allowed.caller, Some(&before), &after).await?;
    transaction.commit().await?;
    Ok(Json(SavedCentreRoom { id }))
}
