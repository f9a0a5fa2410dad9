//! `GET /api/v1/cases/{id}/page`: everything that the page of a case begins with, in one call: the case itself, its documents, its evidence
//! with the matrix. Each part is its own room's, by that room's rights.

use axum::{extract::State, response::IntoResponse};
use cases::{CaseFile, Cases};
use documents::{DocumentList, Documents};
use evidence::{CaseEvidence, Evidence};
use http_api::{Answer, Json, Path, etag};
use identity::Caller;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::rooms::Rooms;

/// A case on one page (案件页).
#[derive(Debug, Serialize, ToSchema)]
pub struct CasePage {
    case: CaseFile,
    /// Nothing for a caller without the right to see documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    documents: Option<DocumentList>,
    /// Nothing for a caller without the right to see evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<CaseEvidence>,
}

/// The rooms that the page is put together from.
#[derive(Clone)]
struct Parts {
    cases: Cases,
    documents: Documents,
    evidence: Evidence,
}

/// The operation.
pub fn routes_of(rooms: &Rooms) -> OpenApiRouter {
    let parts = Parts { cases: rooms.cases.clone(), documents: rooms.documents.clone(), evidence: rooms.evidence.clone() };
    OpenApiRouter::new().routes(routes!(show)).with_state(parts)
}

/// Shows a case with its documents and its evidence.
///
/// # Errors
/// `forbidden` without the right to see cases; `case-not-found` when there is none within the caller's scope.
#[utoipa::path(get, path = "/api/v1/cases/{id}/page", tag = "cases", operation_id = "show_case_page",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, body = CasePage, description = "The page; the case's version is the ETag")))]
async fn show(State(parts): State<Parts>, caller: Caller, Path(id): Path<Uuid>) -> Answer<impl IntoResponse> {
    let (case, documents, evidence) =
        tokio::join!(parts.cases.shown(&caller, id), parts.documents.listed(&caller, id), parts.evidence.listed(&caller, id));
    // What the case says against the caller is what he is told.
    let case = case?;
    Ok((etag(case.version()), Json(CasePage { case, documents: documents?, evidence: evidence? })))
}
