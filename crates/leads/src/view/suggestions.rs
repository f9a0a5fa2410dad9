//! What the rules propose for a lead, each with its reason: class, duplicates, unit, limits. All correctable, nothing done silently.

use axum::extract::State;
use catalogue::suggest::ClassSuggestion;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::position::Position;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::LimitView;
use crate::{
    Leads,
    act::{covers, not_found},
    lead::{rules, store},
    rights,
};

/// A lead that may be the same.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Duplicate {
    id: Uuid,
    number: String,
    title: String,
    state: String,
    /// How far away.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    reason: String,
}

/// A proposed unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitSuggestion {
    id: Uuid,
    name: String,
    reason: String,
}

/// A limit that may be chosen at filing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LimitChoice {
    /// What to send as `limit_id`.
    id: String,
    /// The conditions it is for.
    conditions: Vec<String>,
    #[serde(flatten)]
    limit: LimitView,
}

/// The proposals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    classes: Vec<ClassSuggestion>,
    duplicates: Vec<Duplicate>,
    units: Vec<UnitSuggestion>,
    /// The shortest first.
    limits: Vec<LimitChoice>,
}

/// Proposes class, duplicates, unit and limits.
///
/// # Errors
/// `lead-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/leads/{id}/suggestions", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = Suggestions, description = "The proposals")))]
pub(crate) async fn suggestions(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Read>,
    Path(id): Path<Uuid>,
) -> Answer<Json<Suggestions>> {
    let pool = leads.database().pool();
    let scope = allowed.scope();
    let header = store::header(pool, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let record = store::record(&mut *pool.acquire().await?, &header.region, id).await?.ok_or_else(not_found)?;
    let classes = leads.proposer().await?.classes(&record.description);
    let settings = leads.settings().await?;
    let organisations = leads.identity().organisations().await?;
    let units = match (&record.class_code, &record.grid) {
        (Some(class), Some(grid)) => settings.units_for(&header.region, class, grid, leads.clock().now()),
        _ => Vec::new(),
    };
    let units = units
        .into_iter()
        .take(5)
        .map(|found| UnitSuggestion { id: found.unit.uuid(), name: organisations.name(found.unit.uuid()).to_owned(), reason: found.reason })
        .collect();
    let limits = record.class_code.as_deref().map(|class| leads.limit_choices(class)).unwrap_or_default();
    let limits = limits
        .into_iter()
        .map(|choice| LimitChoice {
            limit: LimitView {
                value: choice.limit.value(),
                unit: choice.limit.unit().code().to_owned(),
                label: choice.limit.label(),
                provisional: choice.provisional,
            },
            id: choice.id,
            conditions: choice.conditions,
        })
        .collect();
    let here = header.lon.zip(header.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok());
    let similar = store::similar(pool, &record, here.map(box_around)).await?;
    let mut duplicates: Vec<Duplicate> = Vec::new();
    for found in similar {
        // A duplicate beyond the caller's scope is not told of: it could not be opened, and its words are not for him.
        let within = if scope.units.is_some() { scope.covers_unit(found.unit) } else { scope.covers_region(&found.jurisdiction) };
        if !within {
            continue;
        }
        let there = found.lon.zip(found.lat).and_then(|(lon, lat)| Position::new(lon, lat).ok());
        let distance_m = here.zip(there).map(|(here, there)| here.distance_m(there));
        let near = distance_m.is_some_and(|metres| metres <= rules::DUPLICATE_METRES);
        if (!found.same_words && !near) || duplicates.iter().any(|known| known.id == found.id) {
            continue;
        }
        let reason = match (found.same_words, distance_m) {
            (true, _) => "文字完全相同".to_owned(),
            (false, Some(metres)) => format!("同类未结线索，相距 {metres:.0} 米"),
            (false, None) => continue,
        };
        duplicates.push(Duplicate { id: found.id, number: found.number, title: found.title, state: found.state, distance_m, reason });
    }
    Ok(Json(Suggestions { classes, duplicates, units, limits }))
}

/// West, south, east, north of the square that holds the circle in which duplicates are looked for.
fn box_around(position: Position) -> [f64; 4] {
    /// Metres of a degree of latitude.
    const DEGREE: f64 = 111_320.0;
    let lat = rules::DUPLICATE_METRES / DEGREE;
    let lon = lat / position.lat.to_radians().cos().max(0.01);
    [position.lon - lon, position.lat - lat, position.lon + lon, position.lat + lat]
}
