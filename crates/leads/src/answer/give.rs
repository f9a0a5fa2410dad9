//! Write down that an answer was given, and how (登记人工答复).

use axum::extract::State;
use docket::{Actor, KeyOf};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    AnswerState,
    list::{AnswerView, view},
    store::{self, Outcome, Wanted},
};
use crate::{Leads, list::row::Names, rights};

/// How it was given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    /// By what, when and to whom: a letter's number, a call, an entry in the source's own system.
    how: String,
}

/// Writes down that a person gave the answer.
///
/// # Errors
/// `answer-not-found`, `answer-settled`, `answer-held`, a faulty field.
#[utoipa::path(post, path = "/api/v1/answers/{id}/actions/give", tag = "sources", operation_id = "give_answer", request_body = Given,
    params(("id" = Uuid, Path, description = "The answer")), responses((status = 200, body = AnswerView, description = "The answer")))]
pub(crate) async fn give(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Triage>,
    Path(id): Path<Uuid>,
    Json(given): Json<Given>,
) -> Answer<Json<AnswerView>> {
    let how = crate::act::required("how", "答复方式", &given.how)?;
    let (person, scope, now) = (allowed.caller.person, allowed.scope(), leads.clock().now());
    let wanted = Wanted { id: Some(id), ..Wanted::default() };
    let mut transaction = leads.database().pool().begin().await?;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    super::require_not_held(&found.state)?;
    let outcome =
        Outcome { state: AnswerState::Given, next_at: now, status: None, proof: Some(&how), error: None, by: Some(person.uuid()) };
    let open = [AnswerState::Owed, AnswerState::Dead, AnswerState::Waiting];
    if !store::settle(&mut transaction, id, &open, now, &outcome).await? {
        return Err(Problem::conflict("answer-settled", "这条答复已经完成，不能再登记").into());
    }
    let key = KeyOf { region: found.region, id: found.lead_id.into() };
    let payload = json!({ "source": found.source, "state": AnswerState::Given, "how": how });
    super::leave_trace(&leads, &mut transaction, &key, Actor::Person(person), payload).await?;
    let row = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    transaction.commit().await?;
    let names = Names::of(&leads, row.settled_by).await?;
    Ok(Json(view(row, &names)))
}
