//! Give a held reply as it is, with a reason (放行).

use axum::extract::State;
use docket::{Actor, KeyOf};
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    ReplyCheckState,
    list::{ReplyCheck, view},
    store::{self, Settlement, Wanted},
};
use crate::{Leads, answer, list::row::Names, rights};

/// The release.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReplyRelease)]
pub(crate) struct Release {
    /// Why it may be given as it is.
    reason: String,
}

/// Gives a held reply as it is.
///
/// # Errors
/// `reply-check-not-found`, `reply-check-settled`, a faulty field; `version-conflict` where the lead moved since it was read, such as to
/// another reply.
#[utoipa::path(post, path = "/api/v1/reply-checks/{id}/actions/release", tag = "sources", operation_id = "release_reply",
    request_body = Release, params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = ReplyCheck, description = "The reply as it then stands")))]
pub(crate) async fn release(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(release): Json<Release>,
) -> Answer<Json<ReplyCheck>> {
    let reason = crate::act::required("reason", "放行理由", &release.reason)?;
    let (person, scope) = (allowed.caller.person, allowed.scope());
    let wanted = Wanted { lead: Some(id), ..Wanted::default() };
    let mut transaction = leads.database().pool().begin().await?;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    let key = KeyOf { region: found.region.clone(), id: found.lead_id.into() };
    // Whoever replies, closes or sends it back at the same moment waits, or was first.
    docket::lock(&mut transaction, &key, seen).await?.ok_or_else(super::not_found)??;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    let settlement = Settlement {
        state: ReplyCheckState::Released,
        words: &found.words,
        digest: &super::digest_of(&found.words),
        findings: &found.findings,
        reason: Some(&reason),
        by: person.uuid(),
    };
    if !store::settle(&mut transaction, &key, leads.clock().now(), &settlement).await? {
        return Err(super::settled().into());
    }
    answer::let_go(&leads, &mut transaction, &key, None).await?;
    let payload = json!({ "state": ReplyCheckState::Released, "reason": reason });
    super::leave_trace(&leads, &mut transaction, &key, Actor::Person(person), payload).await?;
    let row = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    transaction.commit().await?;
    let names = Names::of(&leads, row.settled_by).await?;
    Ok(Json(view(row, &names)))
}
