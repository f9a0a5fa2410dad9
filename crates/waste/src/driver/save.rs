//! Adding and changing a driver; both stand in the history of settings, without his name.

use axum::{extract::State, http::StatusCode};
use chrono::NaiveDate;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{
    id::{SubjectId, uuid_at},
    personal::{PersonName, Telephone},
    problem::Problem,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::WasteDriver,
    no_driver,
    store::{self, DriverRow, NamedDriver},
};
use crate::{
    Waste, carrier, rights, scope,
    service::changed,
    words::{required, wrong},
};

/// What can be changed about a driver (驾驶员).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteDriverFacts {
    carrier: Uuid,
    /// Such as `A2`.
    licence_class: String,
    licence_until: NaiveDate,
    /// Of the certificate of trade (从业资格证).
    qualified_until: Option<NaiveDate>,
    #[serde(default)]
    closed: bool,
}

/// A new driver (登记驾驶员).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWasteDriver {
    name: String,
    telephone: Option<String>,
    id_number: Option<String>,
    facts: WasteDriverFacts,
}

/// Who a driver is, put right (更正驾驶员信息). What is missing stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteDriverPerson {
    name: Option<String>,
    telephone: Option<String>,
    id_number: Option<String>,
}

/// A change of a driver (修改驾驶员).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WasteDriverChange {
    /// The version that the caller saw.
    version: i64,
    /// Where his name, telephone or identity number was entered wrongly.
    person: Option<WasteDriverPerson>,
    facts: WasteDriverFacts,
}

fn laid(row: &mut DriverRow, facts: &WasteDriverFacts) -> Result<(), Problem> {
    row.licence_class = required("licence_class", "准驾车型", &facts.licence_class, 10)?.to_ascii_uppercase();
    if !row.licence_class.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(wrong("licence_class", "准驾车型应为 A2、B2 这样的写法"));
    }
    (row.carrier, row.licence_until, row.qualified_until) = (facts.carrier, facts.licence_until, facts.qualified_until);
    row.closed = facts.closed;
    Ok(())
}

fn told(row: &DriverRow) -> Value {
    json!({ "name": row.masked, "carrier": row.carrier, "licence_class": row.licence_class, "licence_until": row.licence_until,
        "qualified_until": row.qualified_until, "closed": row.closed })
}

/// A name, and the fields of the vault.
type Vaulted = (Option<PersonName>, Vec<(&'static str, String)>);

/// Who a driver is, as it goes into the vault.
fn vaulted(person: &WasteDriverPerson) -> Result<Vaulted, Problem> {
    let name = person.name.as_deref().filter(|it| !it.trim().is_empty()).map(PersonName::parse).transpose()?;
    let mut fields = Vec::new();
    if let Some(name) = &name {
        fields.push(("name", name.expose().to_owned()));
    }
    if let Some(telephone) = person.telephone.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        fields.push(("telephone", Telephone::parse(telephone)?.expose().to_owned()));
    }
    if let Some(number) = person.id_number.as_deref().map(str::trim).filter(|it| !it.is_empty()) {
        if !(6..=30).contains(&number.len()) || !number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(wrong("id_number", "证件号码应为 6 至 30 位字母和数字"));
        }
        fields.push(("id_number", number.to_owned()));
    }
    Ok((name, fields))
}

/// Enters a driver. Who he is goes into the vault.
///
/// # Errors
/// `waste-carrier-not-found`, `scope-exceeded`; a field that is missing or wrong.
#[utoipa::path(post, path = "/api/v1/waste/drivers", tag = "waste", operation_id = "add_waste_driver", request_body = NewWasteDriver,
    responses((status = 201, body = WasteDriver, description = "Entered")))]
pub(crate) async fn add(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Json(wanted): Json<NewWasteDriver>,
) -> Answer<(StatusCode, Json<WasteDriver>)> {
    let (now, scope) = (room.now(), allowed.scope());
    let person = WasteDriverPerson { name: Some(wanted.name), telephone: wanted.telephone, id_number: wanted.id_number };
    let (name, fields) = vaulted(&person)?;
    let name = name.ok_or_else(|| Problem::invalid("field-required", "请填写姓名").field("name", "请填写姓名"))?;
    let mut transaction = room.database().pool().begin().await?;
    let carrier = carrier::store::one(&mut transaction, &scope, room.home(), wanted.facts.carrier).await?;
    let carrier = carrier.map(|it| it.row).filter(|it| !it.closed).ok_or_else(carrier::no_carrier)?;
    scope::require(&scope, room.home(), &carrier.jurisdiction)?;
    let subject = SubjectId::new(now);
    let mut row = DriverRow {
        id: uuid_at(now),
        region: room.home().to_owned(),
        jurisdiction: carrier.jurisdiction,
        carrier: carrier.id,
        subject: subject.uuid(),
        masked: name.masked(),
        licence_class: String::new(),
        licence_until: wanted.facts.licence_until,
        qualified_until: None,
        closed: false,
        version: 1,
        simulated: room.parts().demo,
        changed_by: allowed.caller.person.uuid(),
        changed_at: now,
    };
    laid(&mut row, &wanted.facts)?;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
    room.parts().vault.keep(&mut transaction, room.home(), subject, &fields).await?;
    store::save(&mut transaction, &row).await?;
    room.leave(&mut transaction, &allowed.caller, "waste-driver-added", &row.masked, (Value::Null, told(&row))).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(WasteDriver::of(NamedDriver { row, carrier_name: carrier.name }, room.today()))))
}

/// Changes for whom a driver drives and by what, and puts right who he is. The history says that it was, and not what it was.
///
/// # Errors
/// `waste-driver-not-found`, `waste-carrier-not-found`, `scope-exceeded`, `version-conflict`, `vault-unreadable`; a field that is wrong.
#[utoipa::path(put, path = "/api/v1/waste/drivers/{id}", tag = "waste", operation_id = "change_waste_driver",
    params(("id" = Uuid, Path, description = "The driver")), request_body = WasteDriverChange,
    responses((status = 200, body = WasteDriver, description = "Changed")))]
pub(crate) async fn change(
    State(room): State<Waste>,
    allowed: Allowed<rights::KeepWaste>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<WasteDriverChange>,
) -> Answer<Json<WasteDriver>> {
    let scope = allowed.scope();
    let (name, fields) = wanted.person.as_ref().map(vaulted).transpose()?.unwrap_or_default();
    let mut transaction = room.database().pool().begin().await?;
    let before = store::one(&mut transaction, &scope, room.home(), id).await?.ok_or_else(no_driver)?.row;
    let carrier = carrier::store::one(&mut transaction, &scope, room.home(), wanted.facts.carrier).await?;
    let carrier = carrier.map(|it| it.row).ok_or_else(carrier::no_carrier)?;
    scope::require(&scope, room.home(), &before.jurisdiction)?;
    scope::require(&scope, room.home(), &carrier.jurisdiction)?;
    let mut row = DriverRow { jurisdiction: carrier.jurisdiction, ..before.clone() };
    laid(&mut row, &wanted.facts)?;
    if let Some(name) = name {
        row.masked = name.masked();
    }
    (row.version, row.changed_by, row.changed_at) = (wanted.version + 1, allowed.caller.person.uuid(), room.now());
    if row.version < 2 || !store::save(&mut transaction, &row).await? {
        return Err(changed().into());
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
    // Of one who was erased nothing is kept anew.
    if !fields.is_empty() && !room.parts().vault.correct(&mut transaction, &row.region, row.subject.into(), &fields).await?? {
        return Err(no_driver().into());
    }
    let corrected: Vec<&str> = fields.iter().map(|(field, _)| *field).collect();
    let mut after = told(&row);
    after["corrected"] = json!(corrected);
    room.leave(&mut transaction, &allowed.caller, "waste-driver-changed", &row.masked, (told(&before), after)).await?;
    transaction.commit().await?;
    Ok(Json(WasteDriver::of(NamedDriver { row, carrier_name: carrier.name }, room.today())))
}
