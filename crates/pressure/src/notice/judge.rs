//! Judge a reply, or take a notice back (审核回复、撤回).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    NoticeVerb, optional,
    perform::{Command, Who, carry_out, find},
    required,
    view::{self, WrittenNotice},
};
use crate::{Pressure, rights};

/// An opinion that may be left out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeOpinion {
    /// What the issuer says of the reply.
    note: Option<String>,
}

/// A reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeReason {
    /// Why.
    reason: String,
}

/// Takes a reply as enough: the notice is over.
///
/// # Errors
/// `notice-not-found`, `version-conflict`, `action-refused`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/notices/{id}/actions/accept", tag = "notices", operation_id = "accept_notice_reply",
    params(("id" = Uuid, Path, description = "The notice")), request_body = NoticeOpinion,
    responses((status = 200, body = WrittenNotice, description = "The notice as it then stands")))]
pub(crate) async fn accept(
    State(room): State<Pressure>,
    allowed: Allowed<rights::IssueNotices>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NoticeOpinion>,
) -> Answer<Json<WrittenNotice>> {
    let note = optional("note", "审核意见", request.note.as_deref())?;
    judged(&room, &allowed, id, seen, NoticeVerb::Accept, note).await
}

/// Returns a reply as not enough: the unit replies again within a new limit, or the next stage is issued.
///
/// # Errors
/// `notice-not-found`, `version-conflict`, `action-refused`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/notices/{id}/actions/return", tag = "notices", operation_id = "return_notice_reply",
    params(("id" = Uuid, Path, description = "The notice")), request_body = NoticeReason,
    responses((status = 200, body = WrittenNotice, description = "The notice as it then stands")))]
pub(crate) async fn return_reply(
    State(room): State<Pressure>,
    allowed: Allowed<rights::IssueNotices>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NoticeReason>,
) -> Answer<Json<WrittenNotice>> {
    let reason = required("reason", "退回理由", &request.reason)?;
    judged(&room, &allowed, id, seen, NoticeVerb::Return, Some(reason)).await
}

/// Takes a notice back.
///
/// # Errors
/// `notice-not-found`, `version-conflict`, `action-refused`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/notices/{id}/actions/withdraw", tag = "notices", operation_id = "withdraw_notice",
    params(("id" = Uuid, Path, description = "The notice")), request_body = NoticeReason,
    responses((status = 200, body = WrittenNotice, description = "The notice as it then stands")))]
pub(crate) async fn withdraw(
    State(room): State<Pressure>,
    allowed: Allowed<rights::IssueNotices>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NoticeReason>,
) -> Answer<Json<WrittenNotice>> {
    let reason = required("reason", "撤回理由", &request.reason)?;
    judged(&room, &allowed, id, seen, NoticeVerb::Withdraw, Some(reason)).await
}

async fn judged(
    room: &Pressure,
    allowed: &Allowed<rights::IssueNotices>,
    id: Uuid,
    seen: Option<i64>,
    verb: NoticeVerb,
    words: Option<String>,
) -> Answer<Json<WrittenNotice>> {
    let scope = allowed.scope();
    let key = find(room, &scope, id).await?;
    let person = allowed.caller.person.uuid();
    let name = if verb == NoticeVerb::Accept { "note" } else { "reason" };
    let command = Command {
        verb,
        payload: docket::ledger::payload([(name, json!(words))]),
        photos: Vec::new(),
        edit: Box::new(move |notice, _| (notice.verdict, notice.judged_by) = (words, Some(person))),
    };
    let mut transaction = room.database().pool().begin().await?;
    carry_out(room, &mut transaction, &key, seen, &Who::Person(&allowed.caller, &scope), command).await?;
    transaction.commit().await?;
    Ok(Json(view::after_action(room, &allowed.caller, id).await?))
}
