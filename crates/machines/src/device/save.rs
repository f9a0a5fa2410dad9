//! Register a device, or change one (登记采集设备).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Device as Registered, DeviceKind,
    list::{Device, view},
    store::{self, Listed},
};
use crate::{Machines, event::parse::PositionInput, rights, scope::require_ground};

const LONGEST_CODE: usize = 64;
const LONGEST_WORDS: usize = 100;

/// A device as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceInput {
    /// What people call it.
    name: String,
    kind: DeviceKind,
    /// Where it stands; not for what moves.
    position: Option<PositionInput>,
    /// Where, in words.
    #[serde(default)]
    address: String,
    /// The machine account that speaks for it; any of the county without.
    sender: Option<Uuid>,
    active: bool,
    /// Made by the city simulator; shown as simulated everywhere.
    #[serde(default)]
    simulated: bool,
}

/// Registers a device or changes it. Events of it are believed from the next moment on.
///
/// # Errors
/// `device-invalid`, `position-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/devices/{code}", tag = "machines", operation_id = "save_device", request_body = DeviceInput,
    params(("code" = String, Path, description = "The device's code"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = Device, description = "The device")))]
pub(crate) async fn save(
    State(machines): State<Machines>,
    allowed: Allowed<rights::KeepDevices>,
    Path(code): Path<String>,
    IfMatch(seen): IfMatch,
    Json(input): Json<DeviceInput>,
) -> Answer<Json<Device>> {
    let region = machines.home_region();
    require_ground(&allowed.scope(), region)?;
    let mut wanted = parse(&machines, code, input)?;
    let names = machines.identity().names_of(wanted.sender.as_slice()).await?;
    if wanted.sender.is_some_and(|sender| !names.contains_key(&sender)) {
        return Err(invalid("sender", "报送账号已不存在，请刷新后再选").into());
    }
    let mut transaction = machines.database().pool().begin().await?;
    let before = store::lock(&mut transaction, region, &wanted.code).await?;
    let version = before.as_ref().map_or(0, |device| device.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(changed().into());
    }
    wanted.version = version + 1;
    if !store::save(&mut transaction, region, &wanted).await? {
        return Err(changed().into());
    }
    let (before, after) = (before.as_ref().map_or(Value::Null, traced), traced(&wanted));
    let change = SettingChange { region, action: "device-changed", target: &wanted.code, before, after };
    audit::record(&mut transaction, machines.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    machines.forget();
    Ok(Json(view(&machines, Listed { device: wanted, confirmed: 0, refuted: 0, paused_kinds: 0, last_at: None }, &names)))
}

fn parse(machines: &Machines, code: String, input: DeviceInput) -> Result<Registered, Problem> {
    let fits = |at: usize, it: u8| it.is_ascii_alphanumeric() || at > 0 && b"._:-".contains(&it);
    if code.is_empty() || code.len() > LONGEST_CODE || !code.bytes().enumerate().all(|(at, it)| fits(at, it)) {
        return Err(invalid("code", "设备编码应以字母或数字开头，由字母、数字和 . _ : - 组成，最多 64 位"));
    }
    let words = |field: &'static str, text: &str| {
        let text = text.trim().to_owned();
        if text.chars().count() > LONGEST_WORDS || text.chars().any(char::is_control) {
            return Err(invalid(field, "不能超过 100 字"));
        }
        Ok(text)
    };
    let name = words("name", &input.name)?;
    if name.is_empty() {
        return Err(invalid("name", "请填写名称"));
    }
    let position = input.position.map(PositionInput::parse).transpose()?;
    if position.is_none() && matches!(input.kind, DeviceKind::Video | DeviceKind::Sensor) {
        return Err(invalid("position", "固定设备需要位置"));
    }
    let grid = position.and_then(|position| machines.catalogue().place(position).grid_code().map(str::to_owned));
    if position.is_some() && grid.is_none() {
        return Err(invalid("position", "该位置不在本区任何单元网格内"));
    }
    Ok(Registered {
        code,
        name,
        kind: input.kind,
        position,
        jurisdiction: grid.unwrap_or_else(|| machines.home_region().to_owned()),
        address: words("address", &input.address)?,
        sender: input.sender,
        active: input.active,
        simulated: input.simulated,
        version: 0,
    })
}

fn traced(device: &Registered) -> Value {
    json!({
        "name": device.name, "kind": device.kind, "position": device.position.map(|it| [it.lon, it.lat]), "address": device.address,
        "sender": device.sender, "active": device.active,
    })
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "这个设备刚被别人改过，请刷新后再改")
}

fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("device-invalid", "设备登记填写有误").field(field, detail.to_owned())
}
