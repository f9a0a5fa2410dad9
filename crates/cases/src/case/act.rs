//! Take a step of a case (办理环节): one operation for all of them, by the table of the law.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use law::procedure::Action;
use uuid::Uuid;

use super::{
    content::CaseStepContent,
    not_found,
    perform::{Who, carry_out},
    publish::goes_through_publication,
    store,
    view::{self, CaseFile},
};
use crate::{Cases, rights, scope::covers};

/// Takes a step. What stands against it is answered with its article, what would cure it, and from which day.
///
/// # Errors
/// `case-not-found`, `case-step-unknown`, `if-match-missing`, `version-conflict`, `case-step-not-yours`, `time-only`, `field-required`, or
/// the guard that refuses.
#[utoipa::path(post, path = "/api/v1/cases/{id}/actions/{action}", tag = "cases", operation_id = "act_on_case",
    params(("id" = Uuid, Path, description = "The case"), ("action" = String, Path, description = "The step's code"), ("If-Match" = String, Header)),
    request_body = CaseStepContent, responses((status = 200, body = CaseFile, description = "The case as it then stands")))]
pub(crate) async fn act(
    State(room): State<Cases>,
    allowed: Allowed<rights::ActOnCases>,
    Path((id, action)): Path<(Uuid, String)>,
    IfMatch(seen): IfMatch,
    Json(content): Json<CaseStepContent>,
) -> Answer<Json<CaseFile>> {
    let scope = allowed.scope();
    let header = store::header(room.database().pool(), id).await?;
    let key = header.filter(|header| covers(&scope, header)).ok_or_else(not_found)?.key();
    let action = Action::from_code(&action).ok_or_else(|| Problem::not_found("case-step-unknown", "没有这个办案环节"))?;
    if goes_through_publication(action) && room.publishing().get().is_some() {
        let why = "处罚决定的公开和撤回在案件页“公开与信用”里办理：内容由他人核对后才能公开";
        return Err(Problem::conflict("publish-through-its-room", why).citing("行政处罚法第四十八条").into());
    }
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "办理时请带上 If-Match 版本号"))?;
    let content = content.judged()?;
    let mut transaction = room.database().pool().begin().await?;
    carry_out(&room, &mut transaction, &key, Some(seen), &Who::Person(&allowed.caller, &scope), action, content).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, &allowed.caller, id).await?))
}
