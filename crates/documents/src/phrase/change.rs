//! Change a phrase (修改用语): a draft by whoever writes, a published one by whoever publishes. An organ's is a draft again then, of whoever
//! changed it: another publishes it.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::problem::Problem;
use serde_json::Value;
use uuid::Uuid;

use super::{PhraseState, PhraseText, act::told, list::Phrase, store};
use crate::{Documents, rights};

/// Writes a phrase anew.
///
/// # Errors
/// `phrase-not-found`, `phrase-invalid`, `phrase-published`, `version-conflict`.
#[utoipa::path(put, path = "/api/v1/phrases/{id}", tag = "documents", operation_id = "change_phrase", request_body = PhraseText,
    params(("id" = Uuid, Path, description = "The phrase")), responses((status = 200, body = Phrase, description = "The phrase")))]
pub(crate) async fn change(
    State(room): State<Documents>,
    allowed: Allowed<rights::WriteDocuments>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(text): Json<PhraseText>,
) -> Answer<Json<Phrase>> {
    let mut transaction = room.database().pool().begin().await?;
    let (mut row, may) = room.phrase_for(&mut transaction, &allowed.caller, id).await?;
    if !may {
        let why = "已发布的用语由法制审核人员或者机关负责人修改；可以另写一条草稿";
        return Err(Problem::forbidden("phrase-published", why).into());
    }
    if seen.is_some_and(|version| version != row.version) {
        return Err(Problem::precondition_failed("version-conflict", "这条用语刚有变化，请刷新后再试").into());
    }
    let it = text.checked()?;
    let (now, before) = (room.clock().now(), told(&row));
    (row.kind, row.field, row.title, row.text) = (it.kind, it.field, it.title, it.text);
    row.changed_at = now;
    let of_organ = row.person.is_none();
    let was_published = of_organ && row.state == PhraseState::Published.code();
    if of_organ {
        // Who wrote the words that stand now does not publish them.
        row.written_by = allowed.caller.person.uuid();
    }
    if was_published {
        row.state = PhraseState::Draft.code().to_owned();
        (row.published_by, row.published_at) = (None, None);
    }
    store::update(&mut transaction, &row).await?;
    if was_published {
        // It is not offered any more; what it says now is told when it is published.
        let target = id.to_string();
        let change = SettingChange { region: room.home_region(), action: "phrase-withdrawn", target: &target, before, after: Value::Null };
        audit::record(&mut transaction, now, allowed.caller.person, change).await?;
    }
    transaction.commit().await?;
    row.version += 1;
    Ok(Json(room.phrases(&allowed.caller, vec![row]).await?.remove(0)))
}
