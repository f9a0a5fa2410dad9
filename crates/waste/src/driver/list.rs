//! `GET /api/v1/waste/drivers`: the drivers, masked.

use axum::extract::State;
use chrono::{NaiveDate, TimeDelta};
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::{Allowed, Scope};
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::store::{self, NamedDriver};
use crate::{Waste, rights};

/// Rows of a page.
const ROWS: usize = 50;
/// Drivers in a carrier's file at most.
const IN_A_FILE: i64 = 500;
/// Days before its end at which a licence is told of (暂定).
const SOON: i64 = 30;

/// A driver (驾驶员), without name and telephone.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WasteDriver {
    pub id: Uuid,
    carrier: Uuid,
    carrier_name: String,
    /// The family name and stars.
    name: String,
    /// Such as `A2`.
    licence_class: String,
    licence_until: NaiveDate,
    qualified_until: Option<NaiveDate>,
    /// A licence or certificate is over.
    expired: bool,
    /// One ends within thirty days.
    soon: bool,
    closed: bool,
    /// To be sent with a change.
    version: i64,
    simulated: bool,
}

impl WasteDriver {
    pub fn of(NamedDriver { row, carrier_name }: NamedDriver, today: NaiveDate) -> Self {
        let first = row.qualified_until.map_or(row.licence_until, |it| it.min(row.licence_until));
        Self {
            id: row.id,
            carrier: row.carrier,
            carrier_name,
            name: row.masked,
            licence_class: row.licence_class,
            licence_until: row.licence_until,
            qualified_until: row.qualified_until,
            expired: first < today,
            soon: first >= today && first <= today + TimeDelta::days(SOON),
            closed: row.closed,
            version: row.version,
            simulated: row.simulated,
        }
    }
}

/// The drivers of a carrier for its file, those who drive no more at its end.
pub(crate) async fn drivers_of(
    connection: &mut PgConnection,
    scope: &Scope,
    home: &str,
    carrier: Option<Uuid>,
    today: NaiveDate,
) -> sqlx::Result<Vec<WasteDriver>> {
    let wanted = store::Wanted { carrier, closed: true, most: IN_A_FILE, ..store::Wanted::default() };
    let mut rows = store::list(connection, scope, home, &wanted).await?;
    rows.sort_by_key(|it| it.row.closed);
    Ok(rows.into_iter().map(|row| WasteDriver::of(row, today)).collect())
}

/// Which drivers are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WasteDriverFilter {
    /// Of this carrier.
    carrier: Option<Uuid>,
    /// Those who drive no more too.
    #[serde(default)]
    closed: bool,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

/// Lists drivers whose carriers serve the caller's ground, newest first.
///
/// # Errors
/// `invalid-cursor`.
#[utoipa::path(get, path = "/api/v1/waste/drivers", tag = "waste", operation_id = "list_waste_drivers", params(WasteDriverFilter),
    responses((status = 200, body = Page<WasteDriver>, description = "A page of drivers")))]
pub(crate) async fn list(
    State(room): State<Waste>,
    allowed: Allowed<rights::SeeWaste>,
    Query(filter): Query<WasteDriverFilter>,
) -> Answer<Json<Page<WasteDriver>>> {
    let before = filter.cursor.as_deref().map(keyset::decode).transpose().map_err(Problem::from)?;
    let mut connection = room.database().pool().acquire().await?;
    let wanted = store::Wanted { id: None, carrier: filter.carrier, closed: filter.closed, before, most: ROWS as i64 + 1 };
    let rows = store::list(&mut connection, &allowed.scope(), room.home(), &wanted).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |it| it.row.id);
    let today = room.today();
    Ok(Json(Page { items: rows.into_iter().map(|row| WasteDriver::of(row, today)).collect(), next_cursor }))
}
