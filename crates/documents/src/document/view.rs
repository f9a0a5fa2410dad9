//! A document as the API shows it.

use chrono::{DateTime, Utc};
use files::FileId;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DocumentState, store::DocumentRecord};
use crate::{Documents, kind::kind};

/// A document (文书).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    id: Uuid,
    /// The docket it belongs to.
    docket: Uuid,
    /// The kind, such as `D15`.
    kind: String,
    /// What the kind is called.
    name: String,
    /// Whether it goes to a party.
    to_party: bool,
    state: DocumentState,
    state_label: &'static str,
    /// Its number (文号), once it was issued, if its kind has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// SHA-256 of the PDF, once it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    file: Option<FileId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<i32>,
    /// Who drafted it.
    drafted_by: String,
    drafted_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voided_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voided_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    void_reason: Option<String>,
    version: i64,
}

impl Documents {
    /// Documents with the names of who did what.
    pub(crate) async fn views(&self, records: Vec<DocumentRecord>) -> Result<Vec<Document>, http_api::ApiProblem> {
        let people: Vec<Uuid> = records.iter().flat_map(|one| [Some(one.drafted_by), one.issued_by, one.voided_by]).flatten().collect();
        let names = self.identity().names_of(&people).await.map_err(|error| {
            tracing::error!(%error, "names of people");
            Problem::internal("internal", "系统内部错误，请稍后重试")
        })?;
        let name = |person: Uuid| names.get(&person).cloned().unwrap_or_default();
        let seen = records.into_iter().map(|one| {
            let kind = kind(&one.kind);
            let state: DocumentState = one.state.parse().unwrap_or(DocumentState::Void);
            Document {
                id: one.id,
                docket: one.docket_id,
                name: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
                to_party: kind.is_some_and(|kind| kind.to_party),
                kind: one.kind,
                state,
                state_label: state.label(),
                number: one.number,
                file: one.file.and_then(|file| file.parse().ok()),
                pages: one.pages,
                drafted_by: name(one.drafted_by),
                drafted_at: one.drafted_at,
                issued_by: one.issued_by.map(name),
                issued_at: one.issued_at,
                voided_by: one.voided_by.map(name),
                voided_at: one.voided_at,
                void_reason: one.void_reason,
                version: one.version,
            }
        });
        Ok(seen.collect())
    }
}
