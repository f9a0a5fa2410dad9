//! `POST /api/v1/centre/devices`: a device is entered and gets its label.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DeviceKind, DeviceState, store};
use crate::{
    Centre, rights,
    words::{LINE, optional, required, wrong},
};

/// A device (登记装备).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCentreDevice {
    /// The ground that it serves: a region's code within the caller's ground.
    jurisdiction: String,
    kind: DeviceKind,
    name: String,
    /// The number that it writes into its recordings.
    serial: Option<String>,
    /// It is looked after every so many days.
    maintain_days: Option<i32>,
}

/// What was entered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnteredCentreDevice {
    id: Uuid,
    /// What its label says.
    code: String,
}

/// Enters a device.
///
/// # Errors
/// `scope-exceeded`, `device-known`; a field that is wrong.
#[utoipa::path(post, path = "/api/v1/centre/devices", tag = "centre", operation_id = "enter_centre_device",
    request_body = NewCentreDevice, responses((status = 201, body = EnteredCentreDevice, description = "Entered")))]
pub(crate) async fn enter(
    State(centre): State<Centre>,
    allowed: Allowed<rights::KeepStores>,
    Json(wanted): Json<NewCentreDevice>,
) -> Answer<(StatusCode, Json<EnteredCentreDevice>)> {
    let digits = wanted.jurisdiction.chars().all(|c| c.is_ascii_digit());
    if !digits || !wanted.jurisdiction.starts_with(centre.home_region()) || !allowed.scope().covers_region(&wanted.jurisdiction) {
        return Err(Problem::forbidden("scope-exceeded", "只能登记自己辖区内的装备").into());
    }
    if wanted.maintain_days.is_some_and(|days| !(1..=3_650).contains(&days)) {
        return Err(wrong("maintain_days", "维护周期应为 1 至 3650 天").into());
    }
    let name = required("name", "名称型号", &wanted.name, LINE)?;
    let serial = optional("serial", "设备编号", wanted.serial.as_deref(), 60)?;
    let now = centre.now();
    let row = store::DeviceRow {
        id: uuid_at(now),
        region: centre.home_region().to_owned(),
        jurisdiction: wanted.jurisdiction,
        code: centre.code("ZB").await?,
        kind: wanted.kind.code().to_owned(),
        name,
        serial,
        state: DeviceState::In.code().to_owned(),
        holder: None,
        issued_at: None,
        maintain_days: wanted.maintain_days,
        maintained_on: centre.today(),
        moves: 0,
        simulated: centre.is_demo(),
        entered_by: allowed.caller.person.uuid(),
        entered_at: now,
    };
    let mut connection = centre.database().pool().acquire().await?;
    if !store::insert(&mut connection, &row).await? {
        return Err(Problem::conflict("device-known", "已经登记过这个设备编号").field("serial", "核对设备编号").into());
    }
    Ok((StatusCode::CREATED, Json(EnteredCentreDevice { id: row.id, code: row.code })))
}
