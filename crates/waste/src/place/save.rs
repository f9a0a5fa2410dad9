//! Adding and changing a place; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::types;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    PlaceKind,
    list::WastePlace,
    no_place,
    store::{self, PlaceRow, WasteGate},
};
use crate::{
    Waste, rights, scope,
    service::changed,
    shape::{self, Spot},
    words::{LINE, NOTE, optional, required, wrong},
};

/// Gates of a site at most.
const GATES: usize = 20;
/// How far from its site's boundary a gate may stand, in metres: the road in front of it.
const GATE_OFF: f64 = 100.0;

/// What can be changed about a place (场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WastePlaceFacts {
    name: String,
    address: Option<String>,
    /// The enterprise that speaks for it.
    organisation: Option<Uuid>,
    /// Who has it built (建设单位).
    builder: Option<String>,
    /// Who builds it (施工单位); who runs it, of a disposal site.
    contractor: Option<String>,
    /// A ring of longitude and latitude, WGS-84 in degrees.
    #[schema(value_type = Vec<Vec<f64>>)]
    area: Vec<Spot>,
    #[serde(default)]
    gates: Vec<WasteGate>,
    /// What it takes in all, in cubic metres.
    capacity_m3: Option<i64>,
    /// What it takes in a day, in cubic metres.
    daily_m3: Option<i32>,
    /// What share of what comes in is used again, in percent.
    reuse_percent: Option<i16>,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    note: Option<String>,
    #[serde(default)]
    closed: bool,
}

/// A new place (登记场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWastePlace {
    kind: PlaceKind,
    /// The ground that it lies on: a region's code within the caller's ground.
    jurisdiction: String,
    facts: WastePlaceFacts,
}

/// A change of a place (修改场所).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WastePlaceChange {
    /// The version that the caller saw.
    version: i64,
    jurisdiction: String,
    facts: WastePlaceFacts,
}

fn positive(field: &'static str, number: Option<i64>) -> Result<(), Problem> {
    match number {
        Some(number) if !(1..=1_000_000_000).contains(&number) => Err(wrong(field, "应为正整数")),
        _ => Ok(()),
    }
}

fn laid(row: &mut PlaceRow, kind: PlaceKind, facts: WastePlaceFacts) -> Result<(), Problem> {
    row.name = required("name", "名称", &facts.name, LINE)?;
    row.address = optional("address", "地址", facts.address.as_deref(), LINE)?;
    row.builder = optional("builder", "建设单位", facts.builder.as_deref(), LINE)?;
    row.contractor = optional("contractor", "施工或者运营单位", facts.contractor.as_deref(), LINE)?;
    row.note = optional("note", "备注", facts.note.as_deref(), NOTE)?;
    let area = shape::ring(&facts.area)?;
    if facts.gates.len() > GATES {
        return Err(wrong("gates", format!("出入口最多 {GATES} 个")));
    }
    let mut gates = facts.gates;
    for gate in &mut gates {
        gate.name = required("gates", "出入口名称", &gate.name, 40)?;
        if !shape::near(&area, gate.at, GATE_OFF) {
            return Err(wrong("gates", format!("出入口“{}”离范围超过 {GATE_OFF} 米，请核对", gate.name)));
        }
    }
    if kind == PlaceKind::BlackSpot && !gates.is_empty() {
        return Err(wrong("gates", "偷倒黑点没有出入口"));
    }
    positive("capacity_m3", facts.capacity_m3)?;
    positive("daily_m3", facts.daily_m3.map(i64::from))?;
    if facts.reuse_percent.is_some_and(|percent| !(0..=100).contains(&percent)) {
        return Err(wrong("reuse_percent", "综合利用率应为 0 至 100"));
    }
    if facts.valid_until.is_some_and(|until| until < facts.valid_from) {
        return Err(wrong("valid_until", "截止日期不能早于起始日期"));
    }
    (row.area, row.gates) = (types::Json(area), types::Json(gates));
    (row.capacity_m3, row.daily_m3, row.reuse_percent) = (facts.capacity_m3, facts.daily_m3, facts.reuse_percent);
    (row.valid_from, row.valid_until) = (facts.valid_from, facts.valid_until);
    (row.organisation, row.closed) = (facts.organisation, facts.closed);
    Ok(())
}

fn told(row: &PlaceRow) -> Value {
    json!({ "kind": row.kind, "name": row.name, "jurisdiction": row.jurisdiction, "address": row.address, "organisation": row.organisation,
        "builder": row.builder, "contractor": row.contractor, "area": row.area.0, "gates": row.gates.0, "capacity_m3": row.capacity_m3,
        "daily_m3": row.daily_m3, "reuse_percent": row.reuse_percent, "valid_from": row.valid_from, "valid_until": row.valid_until,
        "closed": row.closed })
}

/// Enters a place.
///
/// # Errors
/// `scope-exceeded`, `waste-place-known`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/waste/places", tag = "waste", operation_id = "add_waste_place", request_body = NewWastePlace,
    responses((status = 201, body = WastePlace, description = "Entered")))]
pub(crate) async fn add(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Json(wanted): Json<NewWastePlace>,
) -> Answer<(StatusCode, Json<WastePlace>)> {
    scope::require(&allowed.scope(), room.home(), &wanted.jurisdiction)?;
    room.enterprise(wanted.facts.organisation).await?;
    let now = room.now();
    let mut row = PlaceRow {
        id: uuid_at(now),
        region: room.home().to_owned(),
        jurisdiction: wanted.jurisdiction,
        kind: wanted.kind.code().to_owned(),
        name: String::new(),
        address: None,
        organisation: None,
        builder: None,
        contractor: None,
        area: types::Json(Vec::new()),
        gates: types::Json(Vec::new()),
        capacity_m3: None,
        daily_m3: None,
        reuse_percent: None,
        valid_from: room.today(),
        valid_until: None,
        note: None,
        closed: false,
        version: 1,
        simulated: room.parts().demo,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    laid(&mut row, wanted.kind, wanted.facts)?;
    let mut transaction = room.database().pool().begin().await?;
    if !store::save(&mut transaction, &row).await? {
        return Err(known().into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-place-added", &row.name, (Value::Null, told(&row))).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(WastePlace::of(row, &allowed.scope()).ok_or_else(no_place)?)))
}

fn known() -> Problem {
    Problem::conflict("waste-place-known", "已经有同名的场所").field("name", "换一个名称")
}

/// Changes a place; its kind stays.
///
/// # Errors
/// `waste-place-not-found`, `scope-exceeded`, `version-conflict`, `waste-place-known`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/waste/places/{id}", tag = "waste", operation_id = "change_waste_place",
    params(("id" = Uuid, Path, description = "The place")), request_body = WastePlaceChange,
    responses((status = 200, body = WastePlace, description = "Changed")))]
pub(crate) async fn change(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WastePlaceChange>,
) -> Answer<Json<WastePlace>> {
    let scope = allowed.scope();
    room.enterprise(wanted.facts.organisation).await?;
    let mut transaction = room.database().pool().begin().await?;
    let before = store::one(&mut transaction, &scope, room.home(), id).await?.ok_or_else(no_place)?;
    scope::require(&scope, room.home(), &before.jurisdiction)?;
    scope::require(&scope, room.home(), &wanted.jurisdiction)?;
    let kind: PlaceKind = before.kind.parse().map_err(|()| no_place())?;
    let mut row = before.clone();
    laid(&mut row, kind, wanted.facts)?;
    row.jurisdiction = wanted.jurisdiction;
    (row.version, row.changed_by, row.changed_at) = (wanted.version + 1, allowed.caller.person.uuid(), room.now());
    if store::named(&mut transaction, &row).await? {
        return Err(known().into());
    }
    if row.version < 2 || !store::save(&mut transaction, &row).await? {
        return Err(changed().into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-place-changed", &row.name, (told(&before), told(&row))).await?;
    transaction.commit().await?;
    Ok(Json(WastePlace::of(row, &scope).ok_or_else(no_place)?))
}
