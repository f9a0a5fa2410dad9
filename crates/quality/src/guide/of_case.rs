//! What guides a case (案件页的办案指引): guides for its matter, field and every case; model cases of its matter.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{guides::CaseGuide, models::ModelCase, store};
use crate::{Quality, rights};

/// Guides and model cases of one case at most.
const MOST: i64 = 20;

/// What guides a case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseGuidance {
    guides: Vec<CaseGuide>,
    models: Vec<ModelCase>,
}

/// Tells what guides a case.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/guidance", tag = "quality", operation_id = "read_case_guidance",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CaseGuidance)))]
pub(crate) async fn guidance(
    State(room): State<Quality>,
    allowed: Allowed<rights::SeeReviews>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CaseGuidance>> {
    let of = room.cases().seen(&allowed.caller, id).await?;
    let field = room.matters().domains().await?.remove(&of.matter_code).unwrap_or_default();
    let pool = room.database().pool();
    let guides = store::guides_for(pool, room.home_region(), &of.matter_code, &field, MOST).await?;
    let models = store::models_for(pool, &of.matter_code, MOST).await?;
    let models = room.model_views(models, &allowed.caller).await?;
    Ok(Json(CaseGuidance { guides: room.guide_views(guides).await?, models }))
}
