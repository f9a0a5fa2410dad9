//! `POST /api/v1/evidence/uploads`: a file of evidence is announced; its bytes go to the upload that the answer names.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Utc};
use http_api::{Answer, ClientAddress, Json};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Evidence, rights};

/// How large the file is (上传申请).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvidenceUpload {
    /// Bytes, at most 4 GiB.
    length: u64,
}

/// Where its bytes go (上传地址).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EvidenceUpload {
    /// Bytes go to `/api/v1/uploads/{id}` by tus 1.0.0, in as many pieces as it takes.
    id: Uuid,
    /// When it is forgotten if it is not whole.
    expires_at: DateTime<Utc>,
}

/// Announces a file of evidence.
///
/// # Errors
/// `file-empty`, `file-too-large`, `uploads-too-many`, `busy`.
#[utoipa::path(post, path = "/api/v1/evidence/uploads", tag = "evidence", operation_id = "announce_evidence",
    request_body = NewEvidenceUpload, responses((status = 201, body = EvidenceUpload, description = "Announced")))]
pub(crate) async fn announce(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::AddEvidence>,
    ClientAddress(address): ClientAddress,
    Json(wanted): Json<NewEvidenceUpload>,
) -> Answer<(StatusCode, Json<EvidenceUpload>)> {
    let made = evidence.files().announce_large(allowed.caller.person.uuid(), &address.to_string(), wanted.length).await?;
    Ok((StatusCode::CREATED, Json(EvidenceUpload { id: made.id, expires_at: made.expires_at })))
}
