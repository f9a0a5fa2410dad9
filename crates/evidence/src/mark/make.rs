//! `POST /api/v1/evidence/{id}/marks`: a stretch of a recording gets words.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LONGEST_MS, MOST_MARKS, store};
use crate::{
    Evidence, Wish,
    item::{LONGEST_NOTE, opened, required},
    rights,
};

/// A mark to be made (新标记).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvidenceMark {
    /// From the beginning of the recording, in milliseconds.
    from_ms: i64,
    /// Until there; missing for a single moment.
    until_ms: Option<i64>,
    words: String,
}

/// Marks a recording.
///
/// # Errors
/// `evidence-not-found`, `mark-times`, `marks-full`; missing words.
#[utoipa::path(post, path = "/api/v1/evidence/{id}/marks", tag = "evidence", operation_id = "mark_evidence",
    params(("id" = Uuid, Path, description = "The item")), request_body = NewEvidenceMark,
    responses((status = 204, description = "Marked")))]
pub(crate) async fn make(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::AddEvidence>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<NewEvidenceMark>,
) -> Answer<StatusCode> {
    let words = required("words", "标记内容", &wanted.words, LONGEST_NOTE)?;
    let until = wanted.until_ms.unwrap_or(wanted.from_ms + 1);
    if wanted.from_ms < 0 || until <= wanted.from_ms || until > LONGEST_MS {
        let say = "标记的起止时间不对：应当从录音录像开头算起，止在起之后";
        return Err(Problem::invalid("mark-times", say).field("from_ms", say).into());
    }
    let (item, _) = opened(&evidence, &allowed.caller, id, Wish::Add).await?;
    let now = evidence.clock().now();
    let row = store::MarkRow {
        id: uuid_at(now),
        item: item.id,
        from_ms: wanted.from_ms,
        until_ms: wanted.until_ms,
        words,
        made_by: allowed.caller.person.uuid(),
        made_at: now,
    };
    let mut connection = evidence.database().pool().acquire().await?;
    if !store::insert(&mut connection, &row, MOST_MARKS).await? {
        return Err(Problem::conflict("marks-full", format!("一份证据最多 {MOST_MARKS} 处标记")).into());
    }
    Ok(StatusCode::NO_CONTENT)
}
