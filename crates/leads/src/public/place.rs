//! Which place a point is, for a citizen who reports.

use axum::extract::State as Shared;
use catalogue::PlaceBody;
use http_api::{Answer, ClientAddress, Json, Query};
use kernel::position::CoordinateSystem;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Leads, report::PositionInput};

/// The point.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Point {
    /// Longitude, degrees.
    x: f64,
    /// Latitude, degrees.
    y: f64,
    /// `wgs84` (default), `gcj02`, `bd09` or `cgcs2000`.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    system: CoordinateSystem,
}

/// Finds the place of a point.
///
/// # Errors
/// `position-invalid`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/places", tag = "public", params(Point), responses((status = 200, body = PlaceBody, description = "The place")))]
pub(crate) async fn place(
    Shared(leads): Shared<Leads>,
    ClientAddress(address): ClientAddress,
    Query(point): Query<Point>,
) -> Answer<Json<PlaceBody>> {
    leads.follow_rate().check(address)?;
    let position = PositionInput::at(point.x, point.y, point.system).parse()?;
    Ok(Json(leads.catalogue().place(position).body()))
}
