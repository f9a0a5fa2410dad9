//! Write a held reply anew (改写).

use axum::extract::State as Shared;
use docket::{Actor, KeyOf};
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    ReplyCheckState,
    list::{ReplyCheck, view},
    store::{self, Settlement, Wanted},
};
use crate::{Leads, act::state_of, answer, lead, list::row::Names, rights};

/// The new words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReplyRewrite)]
pub(crate) struct Rewrite {
    /// What the reporter and the source read instead.
    words: String,
}

/// Writes a held reply anew and gives it.
///
/// # Errors
/// `reply-check-not-found`, `reply-check-settled`, `reply-still-held` where the new words are held for the same kinds, a faulty field;
/// `version-conflict` where the lead moved since it was read.
#[utoipa::path(post, path = "/api/v1/reply-checks/{id}/actions/rewrite", tag = "sources", operation_id = "rewrite_reply",
    request_body = Rewrite, params(("id" = Uuid, Path, description = "The lead")),
    responses((status = 200, body = ReplyCheck, description = "The reply as it then stands")))]
pub(crate) async fn rewrite(
    Shared(leads): Shared<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(rewrite): Json<Rewrite>,
) -> Answer<Json<ReplyCheck>> {
    let words = crate::act::required("words", "答复", &rewrite.words)?;
    let (person, scope) = (allowed.caller.person, allowed.scope());
    let wanted = Wanted { lead: Some(id), ..Wanted::default() };
    let settings = leads.settings().await?;
    let mut transaction = leads.database().pool().begin().await?;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    let key = KeyOf { region: found.region.clone(), id: found.lead_id.into() };
    // Whoever replies, closes or sends it back at the same moment waits, or was first.
    let locked = docket::lock(&mut transaction, &key, seen).await?.ok_or_else(super::not_found)??;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    let record = lead::store::record(&mut transaction, &key.region, id).await?.ok_or_else(super::not_found)?;
    let state = state_of(&locked.header)?;
    let findings = super::find(&leads, &mut transaction, &locked.header, &record, &words, (!state.is_open()).then_some(state)).await?;
    if let Some(finding) = findings.iter().find(|finding| super::holds(&settings.reply_check, finding)) {
        let detail = format!("改写后仍是“{}”：{}。确须这样答复的，请写明理由放行", finding.label, finding.reason);
        return Err(Problem::invalid("reply-still-held", detail.clone()).field("words", detail).into());
    }
    let settlement = Settlement {
        state: ReplyCheckState::Rewritten,
        words: &words,
        digest: &super::digest_of(&words),
        findings: &findings,
        reason: None,
        by: person.uuid(),
    };
    if !store::settle(&mut transaction, &key, leads.clock().now(), &settlement).await? {
        return Err(super::settled().into());
    }
    store::set_reply(&mut transaction, &key, &words).await?;
    answer::let_go(&leads, &mut transaction, &key, Some(&words)).await?;
    let payload = json!({ "state": ReplyCheckState::Rewritten, "text": words, "before": found.words });
    super::leave_trace(&leads, &mut transaction, &key, Actor::Person(person), payload).await?;
    let row = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    transaction.commit().await?;
    let names = Names::of(&leads, row.settled_by).await?;
    Ok(Json(view(row, &names)))
}
