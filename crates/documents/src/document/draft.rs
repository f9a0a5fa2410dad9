//! Draft a document (拟制文书).

use axum::{extract::State, http::StatusCode};
use docket::{Header, KeyOf};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::Value;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Document, content,
    store::{self, DocumentRecord},
};
use crate::{
    Documents,
    form::{Read, Template},
    owner::Doing,
    rights,
};

/// Documents of one docket. A case with hearing and execution has some forty.
pub(crate) const MOST: i64 = 500;

/// The draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftDocument {
    /// The kind, such as `D15`.
    kind: String,
    /// What it says, in the fields of the kind; the sample shows them. It may lack elements that only issuing asks for.
    #[schema(value_type = Object)]
    data: Value,
}

/// Keeps a draft of a document. It has no number before it is issued.
///
/// # Errors
/// `docket-not-found`, `document-kind-unknown`, `document-data-invalid`, `document-too-large`, `documents-too-many`, and what the docket's room
/// refuses.
#[utoipa::path(post, path = "/api/v1/dockets/{docket}/documents", tag = "documents", operation_id = "draft_document", request_body = DraftDocument,
    params(("docket" = Uuid, Path, description = "The docket")), responses((status = 201, body = Document, description = "The draft")))]
pub(crate) async fn draft(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path(docket): Path<Uuid>,
    Json(request): Json<DraftDocument>,
) -> Answer<(StatusCode, Json<Document>)> {
    let (header, _) = room.docket_for(&allowed.caller, docket, Doing::Write, Some(&request.kind)).await?;
    let template = content::template(&request.kind)?;
    let mut transaction = room.database().pool().begin().await?;
    let read = room.read_draft(&mut transaction, &header, template, &request.data).await?;
    let record = room.draft_in(&mut transaction, &allowed.caller, header, template, &read).await?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.views(vec![record]).await?.remove(0))))
}

impl Documents {
    /// Keeps a draft, in the caller's transaction.
    pub(crate) async fn draft_in(
        &self,
        connection: &mut PgConnection,
        caller: &Caller,
        header: Header,
        template: &Template,
        read: &Read,
    ) -> Answer<DocumentRecord> {
        let key: KeyOf = header.key();
        if store::count(connection, &key.region, key.id.uuid()).await? >= MOST {
            return Err(Problem::conflict("documents-too-many", format!("一件案件最多 {MOST} 份文书")).into());
        }
        let now = self.clock().now();
        let record = DocumentRecord {
            id: uuid_at(now),
            region: key.region,
            docket_id: key.id.uuid(),
            docket_kind: header.kind,
            kind: template.code.to_owned(),
            template: template.version,
            state: "draft".to_owned(),
            subject: uuid_at(now),
            number: None,
            file: None,
            pages: None,
            drafted_by: caller.person.uuid(),
            drafted_at: now,
            issued_by: None,
            issued_at: None,
            voided_by: None,
            voided_at: None,
            void_reason: None,
            version: 1,
        };
        store::insert(connection, &record).await?;
        self.keep(connection, &record, read).await?;
        Ok(record)
    }
}
