//! `GET /api/v1/cases/{id}/court-file`: which materials for the court a case has, and which it lacks.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::MATERIALS;
use crate::{Archives, CaseTold, rights};

/// One item of the materials (申请材料).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CourtMaterial {
    /// What it is.
    label: &'static str,
    article: &'static str,
    /// The documents of the case that belong to it, in their order.
    documents: Vec<String>,
    /// What the program can say of it in words: what is owed.
    lines: Vec<String>,
    /// What is lacking.
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<&'static str>,
}

/// The materials for an application to the court (申请法院强制执行的材料).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CourtFile {
    /// In the order of the article.
    items: Vec<CourtMaterial>,
    /// Nothing is lacking.
    complete: bool,
}

/// Lists the materials by 行政强制法第五十五条. The evidence goes with the decision.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/court-file", tag = "archives", operation_id = "list_court_file",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CourtFile, description = "The materials")))]
pub(crate) async fn list(
    State(archives): State<Archives>,
    allowed: Allowed<rights::ExportDossiers>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CourtFile>> {
    let case = archives.parts.cases.told(&allowed.caller, id).await?;
    let subject = archives.parts.cases.subject(&case.key).await?;
    Ok(Json(listed(&case, &subject)))
}

fn listed(case: &CaseTold, subject: &[String]) -> CourtFile {
    let items = MATERIALS.map(|material| CourtMaterial {
        label: material.label(),
        article: material.article(),
        documents: material.papers(&case.papers).into_iter().map(|paper| paper.title.clone()).collect(),
        lines: if material == super::Material::Subject { subject.to_vec() } else { Vec::new() },
        lacking: material.lacking(&case.papers, subject),
    });
    CourtFile { complete: items.iter().all(|item| item.lacking.is_none()), items: items.into() }
}
