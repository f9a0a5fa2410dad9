//! Editing a matter: a draft of its next version, or of a new matter's first.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, SubsecRound, Utc};
use http_api::{Answer, Json, Path, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{
    MatterRow, change,
    parse::parse,
    store::{self, New},
};
use crate::{ManageLaw, Matters};

/// A draft to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MatterDraft {
    /// The row; its code is that of the address.
    row: MatterRow,
    /// Why the matter changes.
    reason: String,
    /// When the draft was entered that was seen before (its `at`); nothing where there was none.
    #[serde(default)]
    seen: Option<DateTime<Utc>>,
}

/// Which draft.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Seen {
    /// When the draft was entered that was seen (its `at`).
    seen: Option<DateTime<Utc>>,
}

/// A draft that was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterDraftKept {
    /// The matter.
    code: String,
    /// The number that the version will have.
    number: i32,
    /// When it was entered: what names it to whoever saves, discards or publishes it.
    at: DateTime<Utc>,
}

/// Keeps the draft of a matter's next version; the draft that was seen is written anew. Nothing changes until it is published.
///
/// # Errors
/// `matter-invalid`, `reason-missing`, `matter-unchanged`, `draft-changed` where another draft stands than was seen.
#[utoipa::path(put, path = "/api/v1/matters/{code}/draft", tag = "law", operation_id = "save_matter_draft", request_body = MatterDraft,
    params(("code" = String, Path, description = "The matter")),
    responses((status = 200, body = MatterDraftKept)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn save(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Path(code): Path<String>,
    Json(draft): Json<MatterDraft>,
) -> Answer<Json<MatterDraftKept>> {
    room.require_whole_county(&allowed.scope())?;
    let reason = change::reason(&draft.reason)?;
    let seen = draft.seen;
    let facts = parse(&MatterRow { code: code.clone(), ..draft.row }).map_err(change::refused)?;
    let mut transaction = room.pool().begin().await?;
    let held = store::hold(&mut transaction).await?;
    let (newest, there) = (held.newest.get(&code), held.drafts.get(&code));
    if there.map(|draft| draft.created_at) != seen {
        return Err(change::other_draft(&code).into());
    }
    if let Some(fault) = change::reaches_back(newest, &facts) {
        return Err(change::refused(vec![fault]).into());
    }
    if newest.is_some_and(|newest| newest.facts == facts) {
        return Err(Problem::conflict("matter-unchanged", "与最新发布的版本相同，没有需要保存的修改").into());
    }
    let by = Some(allowed.caller.person.uuid());
    let number = there.map(|draft| draft.number).unwrap_or_else(|| held.highest.get(&code).copied().unwrap_or(0) + 1);
    // As the table keeps it.
    let at = room.now().trunc_subsecs(6);
    let new = New { code: &code, number, facts: &facts, reason, shipped: false, by };
    if there.is_some() {
        store::rewrite(&mut transaction, &new, at).await?;
    } else {
        store::add(&mut transaction, &[new], at).await?;
    }
    store::changed(&mut transaction).await?;
    transaction.commit().await?;
    Ok(Json(MatterDraftKept { code, number, at }))
}

/// Throws the draft away that was seen.
///
/// # Errors
/// `draft-unknown`, `draft-changed` where another draft stands than was seen.
#[utoipa::path(delete, path = "/api/v1/matters/{code}/draft", tag = "law", operation_id = "discard_matter_draft",
    params(("code" = String, Path, description = "The matter"), Seen),
    responses((status = 204, description = "Gone")), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn discard(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Path(code): Path<String>,
    Query(Seen { seen }): Query<Seen>,
) -> Answer<StatusCode> {
    room.require_whole_county(&allowed.scope())?;
    let mut transaction = room.pool().begin().await?;
    let held = store::hold(&mut transaction).await?;
    let draft = held.drafts.get(&code).ok_or_else(|| Problem::not_found("draft-unknown", "该事项没有草稿"))?;
    if Some(draft.created_at) != seen {
        return Err(change::other_draft(&code).into());
    }
    store::settle(&mut transaction, std::slice::from_ref(&code), false, None, allowed.caller.person.uuid(), room.now()).await?;
    store::changed(&mut transaction).await?;
    let lines = [change::told(draft.number, &draft.facts), Value::Null];
    change::record(&mut transaction, &room, &allowed, "matter-draft-discarded", &code, lines).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
