//! Adding and changing a carrier; both stand in the history of settings.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::WasteCarrier,
    no_carrier,
    store::{self, CarrierRow, CountedCarrier},
};
use crate::{
    Waste, rights, scope,
    service::changed,
    words::{LINE, NOTE, credit_code, optional, required},
};

/// What can be changed about a carrier (运输企业).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteCarrierFacts {
    name: String,
    /// The enterprise whose people may see it and apply for it.
    organisation: Option<Uuid>,
    address: Option<String>,
    note: Option<String>,
    #[serde(default)]
    closed: bool,
}

/// A new carrier (登记运输企业).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWasteCarrier {
    /// The ground that it serves: a region's code within the caller's ground.
    jurisdiction: String,
    /// The unified code of organisations (统一社会信用代码).
    credit_code: String,
    facts: WasteCarrierFacts,
}

/// A change of a carrier (修改运输企业).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteCarrierChange {
    /// The version that the caller saw.
    version: i64,
    facts: WasteCarrierFacts,
}

fn laid(row: &mut CarrierRow, facts: &WasteCarrierFacts) -> Result<(), Problem> {
    row.name = required("name", "企业名称", &facts.name, LINE)?;
    row.address = optional("address", "地址", facts.address.as_deref(), LINE)?;
    row.note = optional("note", "备注", facts.note.as_deref(), NOTE)?;
    (row.organisation, row.closed) = (facts.organisation, facts.closed);
    Ok(())
}

fn told(row: &CarrierRow) -> Value {
    json!({ "name": row.name, "credit_code": row.credit_code, "jurisdiction": row.jurisdiction, "organisation": row.organisation,
        "address": row.address, "closed": row.closed })
}

/// Enters a carrier.
///
/// # Errors
/// `scope-exceeded`, `waste-carrier-known`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/waste/carriers", tag = "waste", operation_id = "add_waste_carrier", request_body = NewWasteCarrier,
    responses((status = 201, body = WasteCarrier, description = "Entered")))]
pub(crate) async fn add(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Json(wanted): Json<NewWasteCarrier>,
) -> Answer<(StatusCode, Json<WasteCarrier>)> {
    scope::require(&allowed.scope(), room.home(), &wanted.jurisdiction)?;
    room.enterprise(wanted.facts.organisation).await?;
    let now = room.now();
    let mut row = CarrierRow {
        id: uuid_at(now),
        region: room.home().to_owned(),
        jurisdiction: wanted.jurisdiction,
        name: String::new(),
        credit_code: credit_code(&wanted.credit_code)?,
        organisation: None,
        address: None,
        note: None,
        closed: false,
        version: 1,
        simulated: room.parts().demo,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    laid(&mut row, &wanted.facts)?;
    let mut transaction = room.database().pool().begin().await?;
    if !store::save(&mut transaction, &row).await? {
        return Err(Problem::conflict("waste-carrier-known", "这家企业已经登记").field("credit_code", "已经登记").into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-carrier-added", &row.name, (Value::Null, told(&row))).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(WasteCarrier::of(CountedCarrier { row, vehicles: 0, drivers: 0 }))))
}

/// Changes a carrier; its code stays.
///
/// # Errors
/// `waste-carrier-not-found`, `scope-exceeded`, `version-conflict`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/waste/carriers/{id}", tag = "waste", operation_id = "change_waste_carrier",
    params(("id" = Uuid, Path, description = "The carrier")), request_body = WasteCarrierChange,
    responses((status = 200, body = WasteCarrier, description = "Changed")))]
pub(crate) async fn change(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WasteCarrierChange>,
) -> Answer<Json<WasteCarrier>> {
    room.enterprise(wanted.facts.organisation).await?;
    let mut transaction = room.database().pool().begin().await?;
    let counted = store::one(&mut transaction, &allowed.scope(), room.home(), id).await?.ok_or_else(no_carrier)?;
    scope::require(&allowed.scope(), room.home(), &counted.row.jurisdiction)?;
    let mut row = counted.row.clone();
    laid(&mut row, &wanted.facts)?;
    (row.version, row.changed_by, row.changed_at) = (wanted.version + 1, allowed.caller.person.uuid(), room.now());
    if row.version < 2 || !store::save(&mut transaction, &row).await? {
        return Err(changed().into());
    }
    room.leave(&mut transaction, &allowed.caller, "waste-carrier-changed", &row.name, (told(&counted.row), told(&row))).await?;
    transaction.commit().await?;
    Ok(Json(WasteCarrier::of(CountedCarrier { row, ..counted })))
}
