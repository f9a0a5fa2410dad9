//! `GET /api/v1/waste/carriers`: the carriers, and one with its file.

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    no_carrier,
    store::{self, CountedCarrier},
};
use crate::{
    Waste,
    driver::list::{WasteDriver, drivers_of},
    paper::{self, WastePaper},
    permit::list::{WastePermitRow, rows_of},
    rights,
    words::sought,
};

/// Rows of a page.
const ROWS: usize = 50;

/// A carrier (运输企业).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteCarrier {
    pub id: Uuid,
    jurisdiction: String,
    pub name: String,
    credit_code: String,
    organisation: Option<Uuid>,
    address: Option<String>,
    note: Option<String>,
    closed: bool,
    /// To be sent with a change.
    version: i64,
    simulated: bool,
    /// Its vehicles that are in use.
    vehicles: i64,
    /// Its drivers.
    drivers: i64,
}

impl WasteCarrier {
    pub fn of(CountedCarrier { row, vehicles, drivers }: CountedCarrier) -> Self {
        Self {
            id: row.id,
            jurisdiction: row.jurisdiction,
            name: row.name,
            credit_code: row.credit_code,
            organisation: row.organisation,
            address: row.address,
            note: row.note,
            closed: row.closed,
            version: row.version,
            simulated: row.simulated,
            vehicles,
            drivers,
        }
    }

    /// What the house notes about it, an enterprise does not read.
    fn read_by(self, house: bool) -> Self {
        Self { note: self.note.filter(|_| house), ..self }
    }
}

/// Which carriers are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WasteCarrierFilter {
    /// A part of name or code.
    q: Option<String>,
    /// Closed ones too.
    #[serde(default)]
    closed: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists carriers that serve the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`.
#[utoipa::path(get, path = "/api/v1/waste/carriers", tag = "waste", operation_id = "list_waste_carriers", params(WasteCarrierFilter),
    responses((status = 200, body = Page<WasteCarrier>, description = "A page of carriers")))]
pub(crate) async fn list(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Query(filter): Query<WasteCarrierFilter>,
) -> Answer<Json<Page<WasteCarrier>>> {
    let before = filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?;
    let wanted = store::Wanted { id: None, words: sought(filter.q.as_deref()), closed: filter.closed, before, most: ROWS as i64 + 1 };
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), room.home(), &wanted).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |it| it.row.id);
    let house = allowed.scope().units.is_none();
    Ok(Json(Page { items: rows.into_iter().map(|row| WasteCarrier::of(row).read_by(house)).collect(), next_cursor }))
}

/// A carrier with its file (一企一档).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeWasteCarrier {
    carrier: WasteCarrier,
    papers: Vec<WastePaper>,
    drivers: Vec<WasteDriver>,
    /// Its permits, newest first, a hundred at most.
    permits: Vec<WastePermitRow>,
}

/// Shows a carrier with its papers, drivers and permits; its vehicles are the list of vehicles.
///
/// # Errors
/// `waste-carrier-not-found`.
#[utoipa::path(get, path = "/api/v1/waste/carriers/{id}", tag = "waste", operation_id = "read_waste_carrier",
    params(("id" = Uuid, Path, description = "The carrier")),
    responses((status = 200, body = WholeWasteCarrier, description = "The carrier")))]
pub(crate) async fn show(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeWasteCarrier>> {
    let scope = allowed.scope();
    let mut connection = room.database().pool().acquire().await?;
    let carrier = store::one(&mut connection, &scope, room.home(), id).await?.ok_or_else(no_carrier)?;
    let papers = paper::of(&mut connection, room.home(), &[id], room.today()).await?;
    let drivers = drivers_of(&mut connection, &scope, room.home(), Some(id), room.today()).await?;
    let wanted = crate::permit::list::store::Wanted { carrier: Some(id), most: 100, ..Default::default() };
    let permits = rows_of(&mut connection, &scope, &room, &wanted).await?;
    Ok(Json(WholeWasteCarrier { carrier: WasteCarrier::of(carrier).read_by(scope.units.is_none()), papers, drivers, permits }))
}
