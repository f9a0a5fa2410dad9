//! Publishing drafts: from then on the version never changes.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Version, change, store};
use crate::{ManageLaw, Matters};

/// Drafts of one publication.
const MOST: usize = 5_000;

/// A draft that was seen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SeenMatterDraft {
    /// The matter.
    code: String,
    /// When the draft was entered (its `at`).
    at: DateTime<Utc>,
}

/// What to publish.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MatterPublication {
    /// The drafts; none means every one.
    #[serde(default)]
    drafts: Vec<SeenMatterDraft>,
    /// How many drafts were seen, where every one is meant.
    #[serde(default)]
    all: usize,
    /// Why; without it the reason of each draft stays.
    reason: Option<String>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct MattersPublished {
    /// The matters, in order.
    codes: Vec<String>,
}

/// Publishes drafts, all of those that are named or none; what somebody has not seen is not published.
///
/// # Errors
/// `draft-unknown` where one of them has no draft, `draft-changed` where another draft stands or another number of them than was seen,
/// `draft-reaches-back` where one would hold for acts of before, `reason-missing`, `import-too-large`.
#[utoipa::path(post, path = "/api/v1/matters/actions/publish", tag = "law", operation_id = "publish_matters", request_body = MatterPublication,
    responses((status = 200, body = MattersPublished)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn publish(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Json(wanted): Json<MatterPublication>,
) -> Answer<Json<MattersPublished>> {
    room.require_whole_county(&allowed.scope())?;
    let reason = wanted.reason.as_deref().map(change::reason).transpose()?;
    if wanted.drafts.len() > MOST {
        return Err(Problem::too_large("import-too-large", format!("一次最多发布 {MOST} 条")).into());
    }
    let mut transaction = room.pool().begin().await?;
    let held = store::hold(&mut transaction).await?;
    let codes = chosen(&held.drafts, &wanted)?;
    for code in &codes {
        if let Some((_, detail)) = held.drafts.get(code).and_then(|draft| change::reaches_back(held.newest.get(code), &draft.facts)) {
            return Err(Problem::conflict("draft-reaches-back", format!("{code}：{detail}")).into());
        }
    }
    let mut done = store::settle(&mut transaction, &codes, true, reason, allowed.caller.person.uuid(), room.now()).await?;
    done.sort();
    if done.is_empty() {
        return Err(Problem::conflict("draft-unknown", "没有待发布的草稿").into());
    }
    for code in &done {
        let before = held.newest.get(code).map_or(Value::Null, |it| change::told(it.number, &it.facts));
        let after = held.drafts.get(code).map_or(Value::Null, |it| change::told(it.number, &it.facts));
        change::record(&mut transaction, &room, &allowed, "matter-published", code, [before, after]).await?;
    }
    store::changed(&mut transaction).await?;
    transaction.commit().await?;
    Ok(Json(MattersPublished { codes: done }))
}

/// The matters whose drafts are wanted, as far as those that stand are those that were seen.
fn chosen(standing: &BTreeMap<String, Version>, wanted: &MatterPublication) -> Result<Vec<String>, Problem> {
    if wanted.drafts.is_empty() {
        if !standing.is_empty() && standing.len() != wanted.all {
            let detail = format!("现有 {} 份草稿待发布，与您看到的 {} 份不同，请刷新后再发布", standing.len(), wanted.all);
            return Err(Problem::conflict("draft-changed", detail));
        }
        return Ok(standing.keys().take(MOST).cloned().collect());
    }
    let judged = wanted.drafts.iter().map(|seen| match standing.get(&seen.code) {
        None => Err(Problem::conflict("draft-unknown", format!("{} 没有待发布的草稿，可能已由他人发布", seen.code))),
        Some(draft) if draft.created_at != seen.at => Err(change::other_draft(&seen.code)),
        Some(draft) => Ok(draft.code.clone()),
    });
    judged.collect()
}
