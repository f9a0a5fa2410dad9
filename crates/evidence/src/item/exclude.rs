//! `POST /api/v1/evidence/{id}/actions/exclude`: what was unlawfully come by does not count.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LONGEST_NOTE, opened, required, store};
use crate::{Evidence, Wish, rights};

/// Why it does not count (排除理由).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exclusion {
    reason: String,
}

/// Excludes an item for good: it stays to be seen, with its reason, and proves nothing any more (行政处罚法第四十六条第三款).
///
/// # Errors
/// `evidence-not-found`, `evidence-excluded`, a missing reason.
#[utoipa::path(post, path = "/api/v1/evidence/{id}/actions/exclude", tag = "evidence", operation_id = "exclude_evidence",
    params(("id" = Uuid, Path, description = "The item")), request_body = Exclusion,
    responses((status = 204, description = "Excluded")))]
pub(crate) async fn exclude(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::ExcludeEvidence>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<Exclusion>,
) -> Answer<StatusCode> {
    let reason = required("reason", "排除理由", &wanted.reason, LONGEST_NOTE)?;
    let (item, case) = opened(&evidence, &allowed.caller, id, Wish::Exclude).await?;
    let mut transaction = evidence.database().pool().begin().await?;
    let payload = json!({ "evidence": id, "ordinal": item.ordinal, "digest": format!("sha256:{}", item.file), "reason": reason });
    evidence.note(&mut transaction, &case.key, &allowed.caller, "evidence-excluded", payload).await?;
    if !store::exclude(&mut transaction, id, allowed.caller.person.uuid(), evidence.clock().now(), &reason).await? {
        return Err(Problem::conflict("evidence-excluded", "这份证据已经排除").into());
    }
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
