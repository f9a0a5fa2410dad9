//! Publishing drafts: from then on the version never changes.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{change, store};
use crate::{ManageLaw, Matters};

/// Drafts of one publication.
const MOST: usize = 5_000;

/// What to publish.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MatterPublication {
    /// The matters; none means every draft.
    #[serde(default)]
    codes: Vec<String>,
    /// Why; without it the reason of each draft stays.
    reason: Option<String>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct MattersPublished {
    /// The matters, in order.
    codes: Vec<String>,
}

/// Publishes drafts, all of those that are named or none.
///
/// # Errors
/// `draft-unknown` where one of them has no draft, `reason-missing`, `import-too-large`.
#[utoipa::path(post, path = "/api/v1/matters/actions/publish", tag = "law", operation_id = "publish_matters", request_body = MatterPublication,
    responses((status = 200, body = MattersPublished)), extensions(("x-right" = json!("law.manage"))))]
pub(crate) async fn publish(
    State(room): State<Matters>,
    allowed: Allowed<ManageLaw>,
    Json(wanted): Json<MatterPublication>,
) -> Answer<Json<MattersPublished>> {
    room.require_whole_county(&allowed.scope())?;
    let reason = wanted.reason.as_deref().map(change::reason).transpose()?;
    if wanted.codes.len() > MOST {
        return Err(Problem::too_large("import-too-large", format!("一次最多发布 {MOST} 条")).into());
    }
    let mut transaction = room.pool().begin().await?;
    let held = store::hold(&mut transaction).await?;
    let codes: Vec<String> = if wanted.codes.is_empty() { held.drafts.keys().take(MOST).cloned().collect() } else { wanted.codes };
    if let Some(without) = codes.iter().find(|code| !held.drafts.contains_key(*code)) {
        return Err(Problem::conflict("draft-unknown", format!("{without} 没有待发布的草稿，可能已由他人发布")).into());
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
