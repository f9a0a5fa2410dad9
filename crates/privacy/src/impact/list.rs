//! Read the register of impact assessments (影响评估登记).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ImpactAssessment, Occasion, store};
use crate::{Privacy, rights};

/// The register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImpactAssessments {
    /// The newest first.
    items: Vec<ImpactAssessment>,
}

/// Lists the assessments.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/impact-assessments", tag = "privacy", operation_id = "list_impact_assessments",
    responses((status = 200, body = ImpactAssessments, description = "The register")))]
pub(crate) async fn list(State(room): State<Privacy>, allowed: Allowed<rights::SeePrivacy>) -> Answer<Json<ImpactAssessments>> {
    room.require_ground(&allowed.scope())?;
    let mut items = store::all(room.database().pool(), room.home_region()).await?;
    for item in &mut items {
        item.occasion_label = item.occasion.parse().map_or("", Occasion::label);
    }
    Ok(Json(ImpactAssessments { items }))
}
