//! `POST /api/v1/evidence/{id}/actions/hand_over`: an item changes hands.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{MOST_LINES, store};
use crate::{
    Evidence, Wish,
    item::{LONGEST_LINE, LONGEST_NOTE, no_item, opened, optional, required},
    rights,
};

/// To whom an item goes (移交).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HandOver {
    /// An officer of the case.
    holder: Option<Uuid>,
    /// Otherwise: a place or a body in words, such as a store room or an expert's office; no names of persons.
    holder_words: Option<String>,
    /// Where it is then.
    place: Option<String>,
    reason: String,
    /// The last line that the caller saw, so that two who hand it over at once do not both do so.
    seen: i32,
}

/// Hands an item over.
///
/// # Errors
/// `evidence-not-found`; `custody-holder` unless exactly one holder is named, who is an officer of the case where it is a person;
/// `custody-moved` when it changed hands meanwhile; `custody-full`; a missing reason.
#[utoipa::path(post, path = "/api/v1/evidence/{id}/actions/hand_over", tag = "evidence", operation_id = "hand_evidence_over",
    params(("id" = Uuid, Path, description = "The item")), request_body = HandOver,
    responses((status = 204, description = "Handed over")))]
pub(crate) async fn hand_over(
    State(evidence): State<Evidence>,
    allowed: Allowed<rights::AddEvidence>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<HandOver>,
) -> Answer<StatusCode> {
    let reason = required("reason", "移交原因", &wanted.reason, LONGEST_NOTE)?;
    let words = optional("holder_words", "保管处", wanted.holder_words.as_deref(), LONGEST_LINE)?;
    let place = optional("place", "存放地点", wanted.place.as_deref(), LONGEST_LINE)?;
    let (item, case) = opened(&evidence, &allowed.caller, id, Wish::Add).await?;
    let known = wanted.holder.is_none_or(|holder| case.officers.contains(&holder));
    if wanted.holder.is_some() == words.is_some() || !known {
        let say = "请填写一个保管人（本案执法人员）或者一处保管处";
        return Err(Problem::invalid("custody-holder", say).field("holder", say).into());
    }
    let mut transaction = evidence.database().pool().begin().await?;
    let payload = json!({ "evidence": id, "ordinal": item.ordinal, "holder": wanted.holder, "holder_words": words, "reason": reason });
    // This holds the case: the last line stays the last until the commit.
    evidence.note(&mut transaction, &case.key, &allowed.caller, "evidence-handed-over", payload).await?;
    let last = store::last(&mut transaction, id).await?.ok_or_else(no_item)?;
    if last.ordinal != wanted.seen {
        return Err(Problem::conflict("custody-moved", "这份证据刚刚已经移交，请刷新后再办").into());
    }
    if last.ordinal >= MOST_LINES {
        return Err(Problem::conflict("custody-full", format!("一份证据最多移交 {MOST_LINES} 次")).into());
    }
    let row = store::CustodyRow {
        item: id,
        ordinal: last.ordinal + 1,
        holder: wanted.holder,
        holder_words: words,
        place,
        reason,
        noted_by: allowed.caller.person.uuid(),
        noted_at: evidence.clock().now(),
    };
    store::insert(&mut transaction, &row).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
