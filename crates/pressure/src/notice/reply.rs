//! Reply to a notice for the unit (回复督办文书).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    MOST_PHOTOS, NoticeVerb,
    perform::{Command, Who, carry_out, find},
    required,
    view::{self, WrittenNotice},
};
use crate::{Pressure, rights};

/// The reply.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeReply {
    /// What was done, why it was late, what changes.
    text: String,
    /// Photos, already uploaded.
    #[serde(default)]
    photos: Vec<String>,
}

/// Replies to a notice. The issuer judges the reply.
///
/// # Errors
/// `notice-not-found`, `version-conflict`, `action-refused`, `photo-missing`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/notices/{id}/actions/reply", tag = "notices", operation_id = "reply_to_notice",
    params(("id" = Uuid, Path, description = "The notice")), request_body = NoticeReply,
    responses((status = 200, body = WrittenNotice, description = "The notice as it then stands")))]
pub(crate) async fn reply(
    State(room): State<Pressure>,
    allowed: Allowed<rights::ReplyToNotices>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NoticeReply>,
) -> Answer<Json<WrittenNotice>> {
    let scope = allowed.scope();
    let key = find(&room, &scope, id).await?;
    let text = required("text", "回复内容", &request.text)?;
    if request.photos.len() > MOST_PHOTOS {
        let detail = format!("一次最多 {MOST_PHOTOS} 张照片");
        return Err(Problem::invalid("too-many-photos", detail.clone()).field("photos", detail).into());
    }
    let files = request.photos.iter().map(|file| files::FileId::parse(file)).collect::<Result<Vec<_>, _>>()?;
    if !files.is_empty() && !room.files().exists(&files).await? {
        return Err(Problem::invalid("photo-missing", "有照片尚未上传成功，请重新上传").field("photos", "照片不存在").into());
    }
    let person = allowed.caller.person.uuid();
    let payload = docket::ledger::payload([("text", json!(text)), ("photos", json!(request.photos))]);
    let command = Command {
        verb: NoticeVerb::Reply,
        payload,
        photos: request.photos,
        edit: Box::new(move |notice, now| {
            (notice.reply, notice.replied_by, notice.replied_at, notice.verdict) = (Some(text), Some(person), Some(now), None);
        }),
    };
    let mut transaction = room.database().pool().begin().await?;
    carry_out(&room, &mut transaction, &key, seen, &Who::Person(&allowed.caller, &scope), command).await?;
    transaction.commit().await?;
    Ok(Json(view::after_action(&room, &allowed.caller, id).await?))
}
