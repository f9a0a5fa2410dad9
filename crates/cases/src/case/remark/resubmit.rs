//! Put a case forward again (补正后重报) that was sent back.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{NewCaseRemark, RemarkKind, locked, write};
use crate::{
    Cases,
    case::{
        perform::holder_of,
        view::{self, CaseFile},
    },
    rights,
};

/// Puts a case forward again, with what was mended. Only an officer of the case may, and only what was sent back.
///
/// # Errors
/// `case-not-found`, `version-conflict`, `case-not-sent-back`, `case-not-handled`, `field-required`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/resubmissions", tag = "cases", operation_id = "resubmit_case",
    params(("id" = Uuid, Path, description = "The case"), ("If-Match" = String, Header)), request_body = NewCaseRemark,
    responses((status = 200, body = CaseFile, description = "The case, which waits as it did before")))]
pub(crate) async fn resubmit(
    State(room): State<Cases>,
    allowed: Allowed<rights::HandleCases>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NewCaseRemark>,
) -> Answer<Json<CaseFile>> {
    let (caller, scope) = (&allowed.caller, allowed.scope());
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "办理时请带上 If-Match 版本号"))?;
    let mut transaction = room.database().pool().begin().await?;
    let on = locked(&room, &mut transaction, &scope, id, (Some(seen), &request)).await?;
    let me = caller.person.uuid();
    if !on.dossier.officers.iter().any(|officer| officer.person == me && !officer.recused) {
        return Err(Problem::forbidden("case-not-handled", "只有本案的承办人可以补正后重报").citing("行政处罚法第四十二条第一款").into());
    }
    if !on.dossier.record.sent_back {
        return Err(Problem::conflict("case-not-sent-back", "案件没有被退回，无须重报").into());
    }
    let holder = holder_of(on.dossier.facts(), &on.dossier);
    write(&room, &mut transaction, caller, RemarkKind::Resubmitted, holder, on).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}
