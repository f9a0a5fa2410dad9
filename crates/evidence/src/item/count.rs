//! `POST /api/v1/evidence/{id}/actions/count_over`: the bytes in the store are hashed once more and compared with what was written down.

use axum::extract::State;
use files::FileId;
use futures::StreamExt;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::opened;
use crate::{Evidence, Wish, rights};

/// What counting over found (校验结果).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedOver {
    /// The bytes are those that came in.
    unaltered: bool,
    /// The hash as it was written down.
    digest: String,
    /// The hash of what is in the store now.
    counted: String,
}

/// Hashes an item anew. One at a time: each may be 4 GiB.
///
/// # Errors
/// `evidence-not-found`; `busy` while another is counted; the store out of reach.
#[utoipa::path(post, path = "/api/v1/evidence/{id}/actions/count_over", tag = "evidence", operation_id = "count_evidence_over",
    params(("id" = Uuid, Path, description = "The item")), responses((status = 200, body = CountedOver, description = "Counted")))]
pub(crate) async fn count_over(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::SeeEvidence>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CountedOver>> {
    let (item, _) = opened(&evidence, &allowed.caller, id, Wish::See).await?;
    let seat = evidence.counting().try_acquire();
    let _seat = seat.map_err(|_| Problem::unavailable("busy", "正在校验另一份证据，请稍后重试"))?;
    let mut stream = evidence.files().open_large(&FileId::parse(&item.file)?).await?;
    let mut hash = Sha256::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|error| {
            tracing::error!(%error, "evidence broke off while it was counted over");
            Problem::unavailable("file-store-unavailable", "文件存储暂时不可用，请稍后重试")
        })?;
        hash.update(&piece);
    }
    let counted = hex::encode(hash.finalize());
    Ok(Json(CountedOver { unaltered: counted == item.file, digest: format!("sha256:{}", item.file), counted: format!("sha256:{counted}") }))
}
