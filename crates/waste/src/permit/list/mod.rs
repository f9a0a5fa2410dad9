//! `GET /api/v1/waste/permits`: the permits and applications.

pub(crate) mod store;

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::{Allowed, Caller, Scope};
use kernel::{light::Light, problem::Problem};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use self::store::{ListedPermit, Wanted};
use super::{Material, PermitState};
use crate::{
    Waste, rights,
    words::{sought, wrong},
};

/// Rows of a page.
const ROWS: usize = 50;

/// A permit as a row (处置核准).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePermitRow {
    pub id: Uuid,
    /// The number of the application.
    application: String,
    /// The number of the permit, once it is granted.
    pub number: Option<String>,
    pub state: PermitState,
    state_label: &'static str,
    /// For `If-Match`.
    pub version: i64,
    opened_at: DateTime<Utc>,
    /// Until when it is to be decided.
    due_at: Option<DateTime<Utc>>,
    /// `green`, `yellow` or `red`.
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    pub simulated: bool,
    pub site: Uuid,
    pub site_name: String,
    pub carrier: Uuid,
    pub carrier_name: String,
    material: Material,
    pub material_label: &'static str,
    pub volume_m3: i64,
    pub valid_from: NaiveDate,
    pub valid_until: NaiveDate,
    /// How many vehicles it names.
    vehicles: i32,
}

impl WastePermitRow {
    fn of(row: ListedPermit, now: DateTime<Utc>) -> Option<Self> {
        let (state, material): (PermitState, Material) = (row.state.parse().ok()?, row.material.parse().ok()?);
        let light = match (row.warn_at, row.due_at) {
            (Some(warn), Some(due)) => Some(Light::at(now, warn, due)),
            _ => None,
        };
        Some(Self {
            id: row.id,
            application: row.application,
            number: row.number,
            state,
            state_label: state.label(),
            version: row.version,
            opened_at: row.opened_at,
            due_at: row.due_at,
            light,
            simulated: row.simulated,
            site: row.site,
            site_name: row.site_name,
            carrier: row.carrier,
            carrier_name: row.carrier_name,
            material,
            material_label: material.label(),
            volume_m3: row.volume_m3,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            vehicles: row.vehicles,
        })
    }

    /// As a row of a file.
    pub fn cells(self) -> Vec<String> {
        vec![
            self.application,
            self.number.unwrap_or_default(),
            self.state_label.to_owned(),
            self.site_name,
            self.carrier_name,
            self.material_label.to_owned(),
            self.volume_m3.to_string(),
            self.valid_from.to_string(),
            self.valid_until.to_string(),
            self.vehicles.to_string(),
        ]
    }

    /// Whether it is in force, by what was decided.
    pub fn in_force(&self) -> bool {
        self.state.in_force()
    }
}

/// Permits as rows.
pub(crate) async fn rows_of(
    connection: &mut PgConnection,
    scope: &Scope,
    room: &Waste,
    wanted: &Wanted,
) -> sqlx::Result<Vec<WastePermitRow>> {
    let now = room.now();
    let rows = store::list(connection, scope, room.home(), wanted).await?;
    Ok(rows.into_iter().filter_map(|row| WastePermitRow::of(row, now)).collect())
}

/// Which permits are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WastePermitFilter {
    /// States, separated by commas.
    state: Option<String>,
    /// A part of a number, of the site's or the carrier's name.
    q: Option<String>,
    /// Only what waits for the caller.
    #[serde(default)]
    mine: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl WastePermitFilter {
    pub(crate) fn wanted(self, caller: &Caller, most: i64) -> Result<Wanted, Problem> {
        let states = self.state.as_deref().filter(|list| !list.is_empty());
        let states = states.map(|list| list.split(',').map(|code| code.trim().parse()).collect::<Result<Vec<PermitState>, ()>>());
        let mut states = states.transpose().map_err(|()| wrong("state", "没有这种状态"))?;
        if self.mine {
            let waits = |state: &PermitState| match state {
                PermitState::Applied | PermitState::ChangeApplied => caller.may::<rights::ReviewPermits>(),
                PermitState::Reviewed | PermitState::ChangeReviewed => caller.may::<rights::DecidePermits>(),
                PermitState::Returned => caller.may::<rights::ApplyForPermits>(),
                _ => false,
            };
            states = Some(states.unwrap_or_else(|| PermitState::ALL.to_vec()).into_iter().filter(waits).collect());
        }
        Ok(Wanted {
            states: states.map(|list| list.into_iter().map(PermitState::code).collect()),
            words: sought(self.q.as_deref()),
            before: self.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
            most,
            ..Wanted::default()
        })
    }
}

/// Lists permits from sites that serve the caller's ground, newest first; for an enterprise, its own.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/waste/permits", tag = "waste", operation_id = "list_waste_permits", params(WastePermitFilter),
    responses((status = 200, body = Page<WastePermitRow>, description = "A page of permits")))]
pub(crate) async fn list(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Query(filter): Query<WastePermitFilter>,
) -> Answer<Json<Page<WastePermitRow>>> {
    let wanted = filter.wanted(&allowed.caller, ROWS as i64 + 1)?;
    let mut connection = room.database().pool().acquire().await?;
    let rows = rows_of(&mut connection, &allowed.scope(), &room, &wanted).await?;
    let (items, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items, next_cursor }))
}
