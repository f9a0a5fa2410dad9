//! Issue a decision and what goes with it (三书签发), in one transaction: the decision's number stands on all three.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{COMPANIONS, TogetherOf, standing};
use crate::{
    Documents,
    document::{DocumentList, DocumentState, draft::MOST, store},
    owner::Doing,
    rights,
};

/// Issues what is still a draft of a decision, the advice on compliance and the notice of the repair of credit. Where one of them may not be
/// issued, none is.
///
/// # Errors
/// `docket-not-found`, `document-kind-unknown`, `together-not-drafted`, `document-incomplete`, and what the docket's room refuses.
#[utoipa::path(post, path = "/api/v1/dockets/{docket}/documents/actions/issue-together", tag = "documents", operation_id = "issue_together",
    request_body = TogetherOf, params(("docket" = Uuid, Path, description = "The docket")),
    responses((status = 200, body = DocumentList, description = "The three, the decision first")))]
pub(crate) async fn issue(
    State(room): State<Documents>,
    allowed: Allowed<rights::IssueDocuments>,
    Path(docket): Path<Uuid>,
    Json(of): Json<TogetherOf>,
) -> Answer<Json<DocumentList>> {
    let kinds = of.kinds()?;
    let caller = &allowed.caller;
    let mut header = None;
    for kind in kinds {
        header = Some(room.docket_for(caller, docket, Doing::Issue, Some(kind)).await?.0);
    }
    let Some(header) = header else { return Err(Problem::not_found("docket-not-found", "没有找到这件案件").into()) };
    let there = store::of_docket(room.database().pool(), room.home_region(), docket, MOST).await?;
    let three = kinds.map(|kind| standing(&there, kind));
    let [Some(decision), Some(advice), Some(repair)] = three else {
        return Err(Problem::conflict("together-not-drafted", "三书还没有拟齐，请先“三书同拟”").into());
    };
    let mut transaction = room.database().pool().begin().await?;
    let mut number = decision.number.clone();
    for (record, kind) in [decision, advice, repair].into_iter().zip(kinds) {
        if record.state == DocumentState::Draft.code() {
            let with = number.as_deref().filter(|_| COMPANIONS.contains(&kind));
            let given = room.issue_in(&mut transaction, caller, &header, record.id, Some(record.version), with).await?;
            number = number.or(given);
        }
    }
    transaction.commit().await?;
    Ok(Json(room.together(docket, kinds).await?))
}
