//! Send a case back to its officers (退回承办人), with what is missing.

use axum::extract::State;
use docket::Holder;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{NewCaseRemark, RemarkKind, locked, write};
use crate::{
    Cases,
    case::view::{self, CaseFile},
    rights,
};

/// Sends a case back to its officers. Only whom it waits for may: the head of the organ, a reviewer, a host; never one of its officers.
///
/// # Errors
/// `case-not-found`, `version-conflict`, `case-not-waiting`, `field-required`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/send-backs", tag = "cases", operation_id = "send_back_case",
    params(("id" = Uuid, Path, description = "The case"), ("If-Match" = String, Header)), request_body = NewCaseRemark,
    responses((status = 200, body = CaseFile, description = "The case, which waits for its officers")))]
pub(crate) async fn send_back(
    State(room): State<Cases>,
    allowed: Allowed<rights::ActOnCases>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<NewCaseRemark>,
) -> Answer<Json<CaseFile>> {
    let (caller, scope) = (&allowed.caller, allowed.scope());
    let seen = seen.ok_or_else(|| Problem::invalid("if-match-missing", "办理时请带上 If-Match 版本号"))?;
    let mut transaction = room.database().pool().begin().await?;
    let on = locked(&room, &mut transaction, &scope, id, (Some(seen), &request)).await?;
    let me = caller.person.uuid();
    let waits = on.locked.header.holder_role.as_ref().is_some_and(|role| caller.roles.contains(role));
    if !on.locked.header.open || !waits || on.dossier.officers.iter().any(|officer| officer.person == me) {
        let why = "案件现在不在您这里等待审批、审核，不能退回";
        return Err(Problem::conflict("case-not-waiting", why).cured_by("轮到您审批、审核时再退回", None).into());
    }
    let officer = on.dossier.officers.iter().find(|officer| !officer.recused).map_or(on.dossier.record.opened_by, |it| it.person);
    let holder = Holder { role: None, unit: None, person: Some(officer.into()) };
    write(&room, &mut transaction, caller, RemarkKind::SentBack, holder, on).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}
