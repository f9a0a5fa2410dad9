//! List the draws (盲核批次).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, DrawRecord};
use crate::{Scrutiny, rights};

/// Draws that are shown.
const MOST: i64 = 100;

/// A draw: what it takes to draw the same again.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reverification {
    id: Uuid,
    /// The first city day of closing.
    from: NaiveDate,
    /// The last.
    to: NaiveDate,
    seed: String,
    half_width: f64,
    /// Leads that were drawn from.
    population: i64,
    /// Leads that were drawn.
    size: i64,
    drawn_by: String,
    drawn_at: DateTime<Utc>,
}

/// The newest draws.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reverifications {
    items: Vec<Reverification>,
}

/// Lists the newest hundred draws of the district.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/reverifications", tag = "scrutiny", operation_id = "list_reverifications",
    responses((status = 200, body = Reverifications, description = "The newest first")))]
pub(crate) async fn list(State(room): State<Scrutiny>, allowed: Allowed<rights::SeeSuspicions>) -> Answer<Json<Reverifications>> {
    if !allowed.scope().covers_region(room.home_region()) {
        return Ok(Json(Reverifications { items: Vec::new() }));
    }
    let draws = store::draws(room.database().pool(), room.home_region(), MOST).await?;
    Ok(Json(Reverifications { items: room.draws(draws).await? }))
}

impl Scrutiny {
    pub(super) async fn draws(&self, draws: Vec<DrawRecord>) -> Answer<Vec<Reverification>> {
        let names = self.identity().names_of(&draws.iter().map(|draw| draw.drawn_by).collect::<Vec<_>>()).await?;
        let view = |draw: DrawRecord| Reverification {
            id: draw.id,
            from: draw.from_day,
            to: draw.to_day,
            seed: draw.seed,
            half_width: draw.half_width,
            population: draw.population,
            size: draw.size,
            drawn_by: names.get(&draw.drawn_by).cloned().unwrap_or_default(),
            drawn_at: draw.drawn_at,
        };
        Ok(draws.into_iter().map(view).collect())
    }
}
