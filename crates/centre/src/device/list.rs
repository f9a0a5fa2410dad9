//! `GET /api/v1/centre/devices` and `/{id}`: the register of equipment, and what befell one.

use axum::extract::State;
use chrono::{DateTime, Days, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::{Allowed, Scope};
use kernel::{light::Light, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{DeviceKind, DeviceState, no_device, store};
use crate::{
    Centre, archive, rights,
    service::{CentrePerson, Names},
    words,
};

/// Devices of a page.
const ROWS: usize = 50;
/// Lines of one device shown at most.
const MOST_LINES: i64 = 200;

/// Which devices.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CentreDeviceFilter {
    /// A part of name, code or number; or a whole code as it was scanned.
    q: Option<String>,
    /// `in`, `out`, `fault`, `gone`.
    state: Option<String>,
    /// Where the last page ended.
    cursor: Option<String>,
}

/// A device (装备).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDevice {
    pub id: Uuid,
    pub code: String,
    pub kind: DeviceKind,
    pub kind_label: &'static str,
    pub name: String,
    pub serial: Option<String>,
    pub state: DeviceState,
    pub state_label: &'static str,
    pub holder: Option<CentrePerson>,
    pub issued_at: Option<DateTime<Utc>>,
    /// When it is to be looked after.
    pub maintain_by: Option<NaiveDate>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    /// To be sent with a step.
    pub moves: i32,
    pub simulated: bool,
}

/// What befell a device (装备记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreDeviceLine {
    kind: String,
    label: &'static str,
    at: DateTime<Utc>,
    person: Option<CentrePerson>,
    note: Option<String>,
    noted_by: CentrePerson,
}

/// A device with its lines, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeCentreDevice {
    device: CentreDevice,
    lines: Vec<CentreDeviceLine>,
}

impl CentreDevice {
    fn of(row: store::DeviceRow, names: &Names, today: NaiveDate) -> Option<Self> {
        let (kind, state): (DeviceKind, DeviceState) = (row.kind.parse().ok()?, row.state.parse().ok()?);
        let every = row.maintain_days.filter(|_| state != DeviceState::Gone);
        let maintain_by = every.map(|days| row.maintained_on + Days::new(u64::from(days.unsigned_abs())));
        Some(Self {
            id: row.id,
            code: row.code,
            kind,
            kind_label: kind.label(),
            name: row.name,
            serial: row.serial,
            state,
            state_label: state.label(),
            holder: row.holder.map(|person| names.person(person)),
            issued_at: row.issued_at,
            light: maintain_by.map(|day| archive::view::light(day, today)),
            maintain_by,
            moves: row.moves,
            simulated: row.simulated,
        })
    }
}

/// Devices with who has them.
pub(crate) async fn devices(centre: &Centre, scope: &Scope, wanted: &store::Wanted) -> Answer<Vec<CentreDevice>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, scope, centre.home_region(), wanted).await?;
    drop(connection);
    let names = centre.names(rows.iter().filter_map(|row| row.holder)).await?;
    let today = centre.today();
    Ok(rows.into_iter().filter_map(|row| CentreDevice::of(row, &names, today)).collect())
}

/// A device as a whole.
pub(crate) async fn whole(centre: &Centre, scope: &Scope, id: Uuid) -> Answer<Json<WholeCentreDevice>> {
    let wanted = store::Wanted { id: Some(id), most: 1, ..store::Wanted::default() };
    let device = devices(centre, scope, &wanted).await?.pop().ok_or_else(no_device)?;
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::lines(&mut connection, id, MOST_LINES).await?;
    drop(connection);
    let names = centre.names(rows.iter().flat_map(|row| [Some(row.noted_by), row.person].into_iter().flatten())).await?;
    let lines = rows.into_iter().map(|row| CentreDeviceLine {
        label: said(&row.kind),
        kind: row.kind,
        at: row.at,
        person: row.person.map(|person| names.person(person)),
        note: row.note,
        noted_by: names.person(row.noted_by),
    });
    Ok(Json(WholeCentreDevice { device, lines: lines.collect() }))
}

fn said(kind: &str) -> &'static str {
    match kind {
        "issued" => "领用",
        "returned" => "归还",
        "fault" => "报修",
        "mended" => "修复",
        "maintained" => "维护",
        _ => "报废",
    }
}

/// Lists devices that serve the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/centre/devices", tag = "centre", operation_id = "list_centre_devices", params(CentreDeviceFilter),
    responses((status = 200, body = Page<CentreDevice>, description = "A page of devices")))]
pub(crate) async fn list(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Query(filter): Query<CentreDeviceFilter>,
) -> Answer<Json<Page<CentreDevice>>> {
    let state = filter.state.filter(|it| !it.is_empty());
    if state.as_ref().is_some_and(|it| it.parse::<DeviceState>().is_err()) {
        return Err(words::wrong("state", "没有这种状态").into());
    }
    let text = filter.q.map(|q| q.trim().chars().take(60).collect::<String>()).filter(|q| !q.is_empty());
    let code = text.as_deref().and_then(|text| words::code(text).ok());
    let wanted = store::Wanted {
        words: text.filter(|_| code.is_none()),
        code,
        state,
        id: None,
        before: filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
        most: i64::try_from(ROWS).unwrap_or(50) + 1,
    };
    let items = devices(&centre, &allowed.scope(), &wanted).await?;
    let (items, next_cursor) = keyset::page(items, ROWS, |it| it.id);
    Ok(Json(Page { items, next_cursor }))
}

/// Shows a device with what befell it.
///
/// # Errors
/// `centre-device-not-found`.
#[utoipa::path(get, path = "/api/v1/centre/devices/{id}", tag = "centre", operation_id = "read_centre_device",
    params(("id" = Uuid, Path, description = "The device")), responses((status = 200, body = WholeCentreDevice, description = "The device")))]
pub(crate) async fn show(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeCentreDevice>> {
    whole(&centre, &allowed.scope(), id).await
}
