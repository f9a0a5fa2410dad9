//! Adding and changing a vehicle; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Scope};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::WasteVehicle,
    no_vehicle,
    store::{self, NamedVehicle, VehicleRow},
};
use crate::{
    Waste, carrier, rights, scope,
    service::changed,
    words::{LINE, NOTE, optional, plate, wrong},
};

/// What can be changed about a vehicle (运输车辆).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteVehicleFacts {
    carrier: Uuid,
    /// What it may carry (核定载质量), in kilograms.
    rated_kg: i32,
    /// What its box holds, in litres.
    box_litres: i32,
    model: Option<String>,
    note: Option<String>,
    #[serde(default)]
    closed: bool,
}

/// A new vehicle (登记运输车辆).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWasteVehicle {
    plate: String,
    /// By JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 5 green, 9 other, 0 none.
    colour: i16,
    facts: WasteVehicleFacts,
}

/// A change of a vehicle (修改运输车辆).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteVehicleChange {
    /// The version that the caller saw.
    version: i64,
    facts: WasteVehicleFacts,
}

/// Kilograms or litres that a vehicle may have: from a handcart's to a mining truck's.
pub(super) fn measured(field: &'static str, number: i32) -> Result<i32, Problem> {
    if (100..=100_000).contains(&number) { Ok(number) } else { Err(wrong(field, "应为 100 至 100000")) }
}

/// A colour by JT/T 415.
pub(super) fn coloured(colour: i16) -> Result<i16, Problem> {
    if matches!(colour, 0..=5 | 9) { Ok(colour) } else { Err(wrong("colour", "没有这种车牌颜色")) }
}

async fn laid(
    room: &Waste,
    connection: &mut PgConnection,
    scope: &Scope,
    row: &mut VehicleRow,
    facts: &WasteVehicleFacts,
) -> Answer<String> {
    let carrier = carrier::store::one(connection, scope, room.home(), facts.carrier).await?;
    let carrier = carrier.map(|it| it.row).filter(|it| !it.closed || row.carrier == it.id).ok_or_else(carrier::no_carrier)?;
    scope::require(scope, room.home(), &carrier.jurisdiction)?;
    row.rated_kg = measured("rated_kg", facts.rated_kg)?;
    row.box_litres = measured("box_litres", facts.box_litres)?;
    row.model = optional("model", "车型", facts.model.as_deref(), LINE)?;
    row.note = optional("note", "备注", facts.note.as_deref(), NOTE)?;
    (row.carrier, row.jurisdiction, row.closed) = (carrier.id, carrier.jurisdiction, facts.closed);
    Ok(carrier.name)
}

/// What the history of settings says of a vehicle.
pub(super) fn told(row: &VehicleRow) -> Value {
    json!({ "plate": row.plate, "colour": row.colour, "carrier": row.carrier, "rated_kg": row.rated_kg, "box_litres": row.box_litres,
        "model": row.model, "closed": row.closed })
}

/// Enters a vehicle. Its ground is its carrier's.
///
/// # Errors
/// `waste-carrier-not-found`, `scope-exceeded`, `waste-vehicle-known`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/waste/vehicles", tag = "waste", operation_id = "add_waste_vehicle", request_body = NewWasteVehicle,
    responses((status = 201, body = WasteVehicle, description = "Entered")))]
pub(crate) async fn add(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Json(wanted): Json<NewWasteVehicle>,
) -> Answer<(StatusCode, Json<WasteVehicle>)> {
    let now = room.now();
    let mut row = VehicleRow {
        id: uuid_at(now),
        region: room.home().to_owned(),
        jurisdiction: String::new(),
        plate: plate(&wanted.plate)?,
        colour: coloured(wanted.colour)?,
        carrier: wanted.facts.carrier,
        rated_kg: 0,
        box_litres: 0,
        model: None,
        note: None,
        closed: false,
        version: 1,
        simulated: room.parts().demo,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    let mut transaction = room.database().pool().begin().await?;
    let carrier_name = laid(&room, &mut transaction, &allowed.scope(), &mut row, &wanted.facts).await?;
    if !store::save(&mut transaction, &row).await? {
        return Err(Problem::conflict("waste-vehicle-known", "这辆车已经登记").field("plate", "已经登记").into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-vehicle-added", &row.plate, (Value::Null, told(&row))).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(WasteVehicle::of(NamedVehicle { row, carrier_name }, None))))
}

/// Changes a vehicle; plate and colour stay.
///
/// # Errors
/// `waste-vehicle-not-found`, `waste-carrier-not-found`, `scope-exceeded`, `version-conflict`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/waste/vehicles/{id}", tag = "waste", operation_id = "change_waste_vehicle",
    params(("id" = Uuid, Path, description = "The vehicle")), request_body = WasteVehicleChange,
    responses((status = 200, body = WasteVehicle, description = "Changed")))]
pub(crate) async fn change(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WasteVehicleChange>,
) -> Answer<Json<WasteVehicle>> {
    let mut transaction = room.database().pool().begin().await?;
    let before = store::one(&mut transaction, &allowed.scope(), room.home(), id).await?.ok_or_else(no_vehicle)?.row;
    scope::require(&allowed.scope(), room.home(), &before.jurisdiction)?;
    let mut row = before.clone();
    let carrier_name = laid(&room, &mut transaction, &allowed.scope(), &mut row, &wanted.facts).await?;
    (row.version, row.changed_by, row.changed_at) = (wanted.version + 1, allowed.caller.person.uuid(), room.now());
    if row.version < 2 || !store::save(&mut transaction, &row).await? {
        return Err(changed().into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-vehicle-changed", &row.plate, (told(&before), told(&row))).await?;
    transaction.commit().await?;
    Ok(Json(WasteVehicle::of(NamedVehicle { row, carrier_name }, None)))
}
