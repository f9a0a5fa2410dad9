//! Publish or withdraw a phrase (发布、停用用语). Of an organ's phrases the history of settings tells; who wrote one does not publish it.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    PhraseState,
    list::Phrase,
    publishes,
    store::{self, PhraseRow},
};
use crate::{Documents, rights};

/// What the history of settings says of a phrase.
pub(super) fn told(row: &PhraseRow) -> Value {
    json!({ "name": row.title, "phrase_field": row.field, "phrase_kind": row.kind, "phrase_text": row.text })
}

/// Publishes (`publish`) or withdraws (`withdraw`) a phrase.
///
/// # Errors
/// `phrase-not-found`, `action-unknown`, `phrase-not-yours`, `phrase-not-draft`, `version-conflict`.
#[utoipa::path(post, path = "/api/v1/phrases/{id}/actions/{action}", tag = "documents", operation_id = "act_on_phrase",
    params(("id" = Uuid, Path, description = "The phrase"), ("action" = String, Path, description = "`publish` or `withdraw`")),
    responses((status = 200, body = Phrase, description = "The phrase")))]
pub(crate) async fn act(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path((id, action)): Path<(Uuid, String)>,
    IfMatch(seen): IfMatch,
) -> Answer<Json<Phrase>> {
    let mut transaction = room.database().pool().begin().await?;
    let (mut row, _) = room.phrase_for(&mut transaction, &allowed.caller, id).await?;
    let publishing = match action.as_str() {
        "publish" => true,
        "withdraw" => false,
        _ => return Err(Problem::not_found("action-unknown", "没有这个操作").into()),
    };
    let (now, person) = (room.clock().now(), allowed.caller.person.uuid());
    if row.person.is_none() && !publishes(&allowed.caller) {
        return Err(Problem::forbidden("phrase-not-yours", "机关的用语由法制审核人员或者机关负责人发布、停用").into());
    }
    if publishing && row.person.is_none() && row.written_by == person {
        return Err(Problem::forbidden("phrase-not-yours", "自己起草的用语由其他人发布").into());
    }
    if seen.is_some_and(|version| version != row.version) {
        return Err(Problem::precondition_failed("version-conflict", "这条用语刚有变化，请刷新后再试").into());
    }
    let wanted = if publishing { PhraseState::Published } else { PhraseState::Withdrawn };
    if row.state == wanted.code() {
        return Err(Problem::conflict("phrase-not-draft", format!("这条用语{}", wanted.label())).into());
    }
    if publishing {
        (row.published_by, row.published_at) = (Some(person), Some(now));
    }
    row.state = wanted.code().to_owned();
    row.changed_at = now;
    store::update(&mut transaction, &row).await?;
    if row.person.is_none() {
        let (before, after) = if publishing { (Value::Null, told(&row)) } else { (told(&row), Value::Null) };
        let target = id.to_string();
        let action = if publishing { "phrase-published" } else { "phrase-withdrawn" };
        let change = SettingChange { region: room.home_region(), action, target: &target, before, after };
        audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    }
    transaction.commit().await?;
    row.version += 1;
    Ok(Json(room.phrases(&allowed.caller, vec![row]).await?.remove(0)))
}
