//! The documents of a docket (件的文书).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Document, draft::MOST, store};
use crate::{Documents, owner::Doing, rights};

/// The documents of one docket.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentList {
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
    Ok(Json(of_docket(&room, &allowed.caller, docket).await?))
}

async fn of_docket(room: &Documents, caller: &Caller, docket: Uuid) -> Answer<DocumentList> {
    let (header, _) = room.docket_for(caller, docket, Doing::See, None).await?;
    let found = store::of_docket(room.database().pool(), &header.region, docket, MOST).await?;
    Ok(DocumentList { items: room.views(found).await? })
}

impl Documents {
    /// The documents of a docket as [`list`] shows them; nothing for a caller without the right.
    ///
    /// # Errors
    /// `docket-not-found`.
    pub async fn listed(&self, caller: &Caller, docket: Uuid) -> Answer<Option<DocumentList>> {
        match Allowed::<rights::SeeDocuments>::check(caller.clone()) {
            Ok(allowed) => of_docket(self, &allowed.caller, docket).await.map(Some),
            Err(_) => Ok(None),
        }
    }
}
