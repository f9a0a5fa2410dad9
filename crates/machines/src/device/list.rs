//! List the devices (采集设备列表).

use std::collections::HashMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Device as Registered, DeviceKind,
    store::{self, Listed},
};
use crate::{Machines, precision::Precision, rights};

/// Rows of a page.
const ROWS: usize = 100;
const LONGEST_WORDS: usize = 64;

/// Which devices are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// A part of the name or code.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// A device (采集设备).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Device {
    code: String,
    name: String,
    kind: DeviceKind,
    kind_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    /// Unit grid or district.
    jurisdiction: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    jurisdiction_name: Option<String>,
    address: String,
    /// The machine account that speaks for it; any of the county without.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_name: Option<String>,
    active: bool,
    simulated: bool,
    /// How often it was right, about all kinds.
    precision: Precision,
    /// Kinds about which it files nothing by itself any more.
    paused_kinds: i64,
    /// Its newest look.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_at: Option<DateTime<Utc>>,
    /// For `If-Match`.
    version: i64,
}

/// Lists devices by their codes.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`.
#[utoipa::path(get, path = "/api/v1/devices", tag = "machines", operation_id = "list_devices", params(Ask),
    responses((status = 200, body = Page<Device>, description = "One page")))]
pub(crate) async fn list(
    State(machines): State<Machines>,
    allowed: Allowed<rights::SeeSightings>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<Device>>> {
    let words = ask.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    if words.is_some_and(|words| words.chars().count() > LONGEST_WORDS || words.contains('\0')) {
        return Err(Problem::invalid("query-invalid", "查找的字词不能超过 64 字").into());
    }
    let after = ask.cursor.as_deref().map(keyset::decode::<String>).transpose();
    let after = after.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?;
    let rows = store::list(machines.database().pool(), &allowed.scope(), words, after.as_deref(), ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.device.code.clone());
    let senders: Vec<Uuid> = rows.iter().filter_map(|row| row.device.sender).collect();
    let names = machines.identity().names_of(&senders).await?;
    Ok(Json(Page { items: rows.into_iter().map(|row| view(&machines, row, &names)).collect(), next_cursor }))
}

/// A device as people read it.
pub(super) fn view(machines: &Machines, row: Listed, names: &HashMap<Uuid, String>) -> Device {
    let Registered { code, name, kind, position, jurisdiction, address, sender, active, simulated, version } = row.device;
    Device {
        code,
        name,
        kind_label: kind.label(),
        kind,
        lon: position.map(|it| it.lon),
        lat: position.map(|it| it.lat),
        jurisdiction_name: machines.catalogue().region(&jurisdiction).map(|region| region.name),
        jurisdiction,
        address,
        sender_name: sender.and_then(|id| names.get(&id).cloned()),
        sender,
        active,
        simulated,
        precision: Precision::of(row.confirmed, row.refuted),
        paused_kinds: row.paused_kinds,
        last_at: row.last_at,
        version,
    }
}
