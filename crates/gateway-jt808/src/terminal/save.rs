//! Enter a terminal or change it (登记车载终端).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use jt808::{Phone, VendorTable};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    list::{VehicleTerminal, view},
    store::{self, Kept, Wanted},
    visitors::require_ground,
};
use crate::{Vehicles, rights};

const LONGEST_PLATE: usize = 20;

/// A terminal as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VehicleTerminalInput {
    /// The number plate; the frame number before there is one. Empty: whatever the terminal says.
    plate: String,
    /// Colour of the plate by JT/T 415: 1 blue, 2 yellow, 3 black, 4 white, 9 other, 0 none.
    #[serde(default)]
    colour: i16,
    /// Whose table says what its own items mean: `standard`, `gps51`, …
    vendor: String,
    active: bool,
    /// Made by the city simulator; shown as simulated everywhere.
    #[serde(default)]
    simulated: bool,
    /// Forgets its code and what it called itself, so that another device may register under this number.
    #[serde(default)]
    forget: bool,
    /// Keeps code and name of the device that came as a visitor under this number. Without, entering a visitor forgets both: whoever came
    /// first would be the vehicle's own terminal otherwise.
    #[serde(default)]
    adopt: bool,
}

/// Enters a terminal or changes it. A terminal that is switched off, forgotten, entered after it came as a visitor, or marked as simulated or
/// no more, is sent away at once and must show its code again.
///
/// # Errors
/// `terminal-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/vehicle-terminals/{phone}", tag = "vehicles", operation_id = "save_vehicle_terminal",
    request_body = VehicleTerminalInput,
    params(("phone" = String, Path, description = "Its telephone number"), ("If-Match" = Option<String>, Header, description = "The version that was seen")),
    responses((status = 200, body = VehicleTerminal, description = "The terminal")))]
pub(crate) async fn save(
    State(vehicles): State<Vehicles>,
    allowed: Allowed<rights::KeepTerminals>,
    Path(phone): Path<String>,
    IfMatch(seen): IfMatch,
    Json(input): Json<VehicleTerminalInput>,
) -> Answer<Json<VehicleTerminal>> {
    let region = vehicles.home_region();
    require_ground(&allowed.scope(), region)?;
    let mut wanted = parse(region, &phone, input)?;
    let mut transaction = vehicles.database().pool().begin().await?;
    let before = store::lock(&mut transaction, &wanted.phone).await?;
    let version = before.as_ref().map_or(0, |kept| kept.version);
    // An open session marks its points as it was let in.
    let marks = |kept: &Kept| (kept.visitor, kept.simulated, kept.active);
    let marked = before.as_ref().map(marks);
    if seen.is_some_and(|seen| seen != version) {
        return Err(changed().into());
    }
    wanted.version = version + 1;
    let Some(kept) = store::save(&mut transaction, &wanted).await? else { return Err(changed().into()) };
    let (before, after) = (before.as_ref().map_or(Value::Null, traced), traced(&kept));
    let change = SettingChange { region, action: "vehicle-terminal-changed", target: &kept.phone, before, after };
    audit::record(&mut transaction, vehicles.clock().now(), allowed.caller.person, change).await?;
    transaction.commit().await?;
    if wanted.forget || marked.is_some_and(|marked| marked != marks(&kept)) {
        vehicles.sessions().send_away(kept.id);
    }
    Ok(Json(view(&vehicles, kept)))
}

fn parse(region: &str, phone: &str, input: VehicleTerminalInput) -> Result<Wanted, Problem> {
    let phone: Phone = phone.parse().map_err(|what: &str| invalid("phone", what))?;
    let plate = input.plate.trim().to_owned();
    if plate.chars().count() > LONGEST_PLATE || plate.chars().any(char::is_control) {
        return Err(invalid("plate", "车牌不能超过 20 字"));
    }
    if !matches!(input.colour, 0..=9) {
        return Err(invalid("colour", "车牌颜色应为 0 至 9"));
    }
    if VendorTable::built_in(&input.vendor).is_none() {
        let known: Vec<&str> = VendorTable::codes().collect();
        return Err(invalid("vendor", &format!("没有这个厂家的附加项对照表，可选：{}", known.join("、"))));
    }
    Ok(Wanted {
        region: region.to_owned(),
        phone: phone.to_string(),
        plate,
        colour: input.colour,
        vendor: input.vendor,
        active: input.active,
        simulated: input.simulated,
        forget: input.forget,
        adopt: input.adopt,
        version: 0,
    })
}

fn traced(kept: &Kept) -> Value {
    json!({
        "plate": kept.plate, "colour": kept.colour, "vendor": kept.vendor, "active": kept.active, "visitor": kept.visitor,
        "simulated": kept.simulated, "had_claim": kept.claim.is_some(),
    })
}

fn changed() -> Problem {
    Problem::precondition_failed("version-conflict", "这个终端刚被别人改过，请刷新后再改")
}

fn invalid(field: &'static str, detail: &str) -> Problem {
    Problem::invalid("terminal-invalid", "车载终端登记填写有误").field(field, detail.to_owned())
}
