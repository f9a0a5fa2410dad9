//! `GET /api/v1/waste/vehicles`: the vehicles, and one with its file (一车一档).

use axum::extract::State;
use database::keyset;
use http_api::{Answer, Json, Page, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    colour_label, no_vehicle,
    store::{self, NamedVehicle},
};
use crate::{
    Waste, WasteTerminal,
    paper::{self, WastePaper},
    permit::list::{WastePermitRow, rows_of},
    rights,
    words::sought,
};

/// Rows of a page.
const ROWS: usize = 50;

/// The terminal that is entered under a vehicle's plate (车载终端).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WasteVehicleTerminal {
    /// The number of its vehicle in the tracks: `/api/v1/vehicles/{id}/track`.
    pub track: i64,
    pub phone: String,
    /// Nobody entered it; it came by itself and says that it is this vehicle's.
    pub visitor: bool,
}

/// A vehicle (运输车辆).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteVehicle {
    pub id: Uuid,
    jurisdiction: String,
    pub plate: String,
    /// By JT/T 415.
    colour: i16,
    colour_label: &'static str,
    carrier: Uuid,
    carrier_name: String,
    /// In kilograms.
    rated_kg: i32,
    /// In litres.
    box_litres: i32,
    model: Option<String>,
    note: Option<String>,
    closed: bool,
    /// To be sent with a change.
    version: i64,
    simulated: bool,
    terminal: Option<WasteVehicleTerminal>,
}

impl WasteVehicle {
    pub fn of(NamedVehicle { row, carrier_name }: NamedVehicle, terminal: Option<WasteVehicleTerminal>) -> Self {
        Self {
            id: row.id,
            jurisdiction: row.jurisdiction,
            plate: row.plate,
            colour: row.colour,
            colour_label: colour_label(row.colour),
            carrier: row.carrier,
            carrier_name,
            rated_kg: row.rated_kg,
            box_litres: row.box_litres,
            model: row.model,
            note: row.note,
            closed: row.closed,
            version: row.version,
            simulated: row.simulated,
            terminal,
        }
    }
}

impl WasteVehicle {
    /// What the house notes about it, an enterprise does not read.
    fn read_by(self, house: bool) -> Self {
        Self { note: self.note.filter(|_| house), ..self }
    }

    /// As a row of a file.
    pub fn cells(self) -> Vec<String> {
        let state = if self.closed { "停用" } else { "在用" }.to_owned();
        // One that nobody entered is not this vehicle's by anybody's word but its own.
        let terminal = self.terminal.filter(|it| !it.visitor).map(|it| it.phone).unwrap_or_default();
        let (load, volume) = (self.rated_kg.to_string(), self.box_litres.to_string());
        vec![self.plate, self.colour_label.to_owned(), self.carrier_name, load, volume, self.model.unwrap_or_default(), terminal, state]
    }
}

/// Vehicles with their terminals.
pub(crate) async fn with_terminals(room: &Waste, rows: Vec<NamedVehicle>) -> Answer<Vec<WasteVehicle>> {
    let plates: Vec<(String, i16)> = rows.iter().map(|it| (it.row.plate.clone(), it.row.colour)).collect();
    let terminals = room.parts().terminals.terminals(&plates).await?;
    let own = |it: &NamedVehicle| {
        let fits = |terminal: &&WasteTerminal| terminal.plate == it.row.plate && terminal.colour == it.row.colour;
        terminals.iter().find(fits).map(|it| WasteVehicleTerminal { track: it.track, phone: it.phone.clone(), visitor: it.visitor })
    };
    Ok(rows
        .into_iter()
        .map(|it| {
            let terminal = own(&it);
            WasteVehicle::of(it, terminal)
        })
        .collect())
}

/// Which vehicles are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WasteVehicleFilter {
    /// A part of the plate or of its carrier's name.
    q: Option<String>,
    /// Of this carrier.
    carrier: Option<Uuid>,
    /// Those out of use too.
    #[serde(default)]
    closed: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists vehicles that serve the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`.
#[utoipa::path(get, path = "/api/v1/waste/vehicles", tag = "waste", operation_id = "list_waste_vehicles", params(WasteVehicleFilter),
    responses((status = 200, body = Page<WasteVehicle>, description = "A page of vehicles")))]
pub(crate) async fn list(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Query(filter): Query<WasteVehicleFilter>,
) -> Answer<Json<Page<WasteVehicle>>> {
    let wanted = store::Wanted {
        id: None,
        words: sought(filter.q.as_deref()).map(|text| text.replace(['·', ' '], "")),
        carrier: filter.carrier,
        closed: filter.closed,
        before: filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?,
        most: ROWS as i64 + 1,
    };
    let mut connection = room.database().pool().acquire().await?;
    let rows = store::list(&mut connection, &allowed.scope(), room.home(), &wanted).await?;
    drop(connection);
    let (rows, next_cursor) = keyset::page(rows, ROWS, |it| it.row.id);
    let house = allowed.scope().units.is_none();
    let items = with_terminals(&room, rows).await?.into_iter().map(|it| it.read_by(house)).collect();
    Ok(Json(Page { items, next_cursor }))
}

/// A vehicle with its file (一车一档).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeWasteVehicle {
    vehicle: WasteVehicle,
    papers: Vec<WastePaper>,
    /// Permits that name it and that the caller sees, newest first, a hundred at most.
    permits: Vec<WastePermitRow>,
    /// How many permits in force today name it as its carrier's, whoever may see them.
    permits_in_force: i64,
}

/// Shows a vehicle with its papers, permits and terminal.
///
/// # Errors
/// `waste-vehicle-not-found`.
#[utoipa::path(get, path = "/api/v1/waste/vehicles/{id}", tag = "waste", operation_id = "read_waste_vehicle",
    params(("id" = Uuid, Path, description = "The vehicle")),
    responses((status = 200, body = WholeWasteVehicle, description = "The vehicle")))]
pub(crate) async fn show(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Path(id): Path<Uuid>,
) -> Answer<Json<WholeWasteVehicle>> {
    let scope = allowed.scope();
    let mut connection = room.database().pool().acquire().await?;
    let row = store::one(&mut connection, &scope, room.home(), id).await?.ok_or_else(no_vehicle)?;
    let papers = paper::of(&mut connection, room.home(), &[id], room.today()).await?;
    let wanted = crate::permit::list::store::Wanted { vehicle: Some(id), most: 100, ..Default::default() };
    let permits = rows_of(&mut connection, &scope, &room, &wanted).await?;
    let permits_in_force = crate::permit::list::store::in_force(&mut connection, room.home(), id, room.today()).await?;
    drop(connection);
    let vehicle = with_terminals(&room, vec![row]).await?.pop().ok_or_else(no_vehicle)?.read_by(scope.units.is_none());
    Ok(Json(WholeWasteVehicle { vehicle, papers, permits, permits_in_force }))
}
