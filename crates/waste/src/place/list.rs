//! `GET /api/v1/waste/places`: the places, and one with its file.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    PlaceKind, no_place,
    store::{self, PlaceRow, WasteGate},
};
use crate::{
    Waste,
    paper::{self, WastePaper},
    permit::list::{WastePermitRow, rows_of},
    rights,
    shape::Spot,
    words::{sought, wrong},
};

/// Rows of a page.
const ROWS: usize = 50;
/// Permits in a file at most; the list has them all.
const PERMITS: i64 = 100;

/// A place (场所).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WastePlace {
    pub id: Uuid,
    kind: PlaceKind,
    kind_label: &'static str,
    /// The ground that it lies on.
    jurisdiction: String,
    pub name: String,
    address: Option<String>,
    organisation: Option<Uuid>,
    builder: Option<String>,
    contractor: Option<String>,
    /// A ring of longitude and latitude, WGS-84 in degrees.
    #[schema(value_type = Vec<Vec<f64>>)]
    area: Vec<Spot>,
    gates: Vec<WasteGate>,
    capacity_m3: Option<i64>,
    daily_m3: Option<i32>,
    reuse_percent: Option<i16>,
    valid_from: NaiveDate,
    valid_until: Option<NaiveDate>,
    note: Option<String>,
    closed: bool,
    /// To be sent with a change.
    version: i64,
    simulated: bool,
    changed_at: DateTime<Utc>,
}

impl WastePlace {
    /// Its ring.
    pub fn ring(&self) -> &[Spot] {
        &self.area
    }

    /// Who has it built.
    pub fn builder(&self) -> &str {
        self.builder.as_deref().unwrap_or_default()
    }

    /// Who builds it.
    pub fn contractor(&self) -> &str {
        self.contractor.as_deref().unwrap_or_default()
    }

    /// Where it is.
    pub fn address(&self) -> &str {
        self.address.as_deref().unwrap_or_default()
    }

    /// A place for a caller: what the house notes about it, and whose account speaks for it, an enterprise does not read.
    pub fn of(row: PlaceRow, scope: &Scope) -> Option<Self> {
        let house = scope.units.is_none();
        let kind: PlaceKind = row.kind.parse().ok()?;
        Some(Self {
            id: row.id,
            kind,
            kind_label: kind.label(),
            jurisdiction: row.jurisdiction,
            name: row.name,
            address: row.address,
            organisation: row.organisation.filter(|_| house),
            builder: row.builder,
            contractor: row.contractor,
            area: row.area.0,
            gates: row.gates.0,
            capacity_m3: row.capacity_m3,
            daily_m3: row.daily_m3,
            reuse_percent: row.reuse_percent,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            note: row.note.filter(|_| house),
            closed: row.closed,
            version: row.version,
            simulated: row.simulated,
            changed_at: row.changed_at,
        })
    }
}

/// Which places are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WastePlaceFilter {
    /// Of this kind.
    kind: Option<String>,
    /// A part of name, address or contractor.
    q: Option<String>,
    /// Closed ones too.
    #[serde(default)]
    closed: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl WastePlaceFilter {
    pub(crate) fn wanted(self, most: i64) -> Result<store::Wanted, Problem> {
        let kind = self.kind.filter(|it| !it.is_empty()).map(|it| it.parse::<PlaceKind>()).transpose();
        Ok(store::Wanted {
            id: None,
            kind: kind.map_err(|()| wrong("kind", "没有这种场所"))?.map(PlaceKind::code),
            words: sought(self.q.as_deref()),
            closed: self.closed,
            before: self.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
            most,
        })
    }
}

/// Lists places that serve the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`, `field-invalid`.
#[utoipa::path(get, path = "/api/v1/waste/places", tag = "waste", operation_id = "list_waste_places", params(WastePlaceFilter),
    responses((status = 200, body = Page<WastePlace>, description = "A page of places")))]
pub(crate) async fn list(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Query(filter): Query<WastePlaceFilter>,
) -> Answer<Json<Page<WastePlace>>> {
    let (wanted, scope) = (filter.wanted(ROWS as i64 + 1)?, allowed.scope());
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &scope, room.home(), &wanted).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: rows.into_iter().filter_map(|row| WastePlace::of(row, &scope)).collect(), next_cursor }))
}

/// A place with its file (一场一档).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeWastePlace {
    place: WastePlace,
    papers: Vec<WastePaper>,
    /// Permits from it or to it, newest first, a hundred at most.
    permits: Vec<WastePermitRow>,
    /// What its permits in force allow in all, in cubic metres.
    permitted_m3: i64,
}

/// Shows a place with its papers and permits.
///
/// # Errors
/// `waste-place-not-found`.
#[utoipa::path(get, path = "/api/v1/waste/places/{id}", tag = "waste", operation_id = "read_waste_place",
    params(("id" = Uuid, Path, description = "The place")), responses((status = 200, body = WholeWastePlace, description = "The place")))]
pub(crate) async fn show(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeWastePlace>> {
    let scope = allowed.scope();
    let mut connection = room.database().pool().acquire().await?;
    let row = store::one(&mut connection, &scope, room.home(), id).await?.ok_or_else(no_place)?;
    // Where a site lies is public, its papers are not.
    let own = scope.units.as_ref().is_none_or(|units| row.organisation.is_some_and(|it| units.contains(&it)));
    let papers = if own { paper::of(&mut connection, room.home(), &[id], room.today()).await? } else { Vec::new() };
    let wanted = crate::permit::list::store::Wanted { place: Some(id), most: PERMITS, ..Default::default() };
    let permits = rows_of(&mut connection, &scope, &room, &wanted).await?;
    let permitted_m3 = permits.iter().filter(|it| it.in_force()).map(|it| it.volume_m3).sum();
    Ok(Json(WholeWastePlace { place: WastePlace::of(row, &scope).ok_or_else(no_place)?, papers, permits, permitted_m3 }))
}
