//! The documents of a docket (件的文书).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Document, draft::MOST, store};
use crate::{Documents, owner::Doing, rights};

/// Documents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DocumentList {
    /// The oldest first.
    pub(crate) items: Vec<Document>,
}

/// Lists all documents of a docket, drafts and void ones among them.
///
/// # Errors
/// `docket-not-found`.
#[utoipa::path(get, path = "/api/v1/dockets/{docket}/documents", tag = "documents", operation_id = "list_documents",
    params(("docket" = Uuid, Path, description = "The docket")), responses((status = 200, body = DocumentList, description = "The oldest first")))]
pub(crate) async fn list(
    State(room): State<Documents>,
    allowed: Allowed<rights::SeeDocuments>,
    Path(docket): Path<Uuid>,
) -> Answer<Json<DocumentList>> {
    let (header, _) = room.docket_for(&allowed.caller, docket, Doing::See, None).await?;
    let found = store::of_docket(room.database().pool(), &header.region, docket, MOST).await?;
    Ok(Json(DocumentList { items: room.views(found).await? }))
}
