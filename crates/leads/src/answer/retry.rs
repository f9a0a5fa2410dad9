//! Send an answer again (重新回传).

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use uuid::Uuid;

use super::{
    deliver::LIFE,
    list::{AnswerView, view},
    store::{self, Wanted},
};
use crate::{Leads, lead::Source, list::row::Names, rights};

/// Sends an answer again that was given up, or that a person owed before its source had an address.
///
/// # Errors
/// `answer-not-found`, `answer-settled`, `answer-held`, `source-without-address`.
#[utoipa::path(post, path = "/api/v1/answers/{id}/actions/retry", tag = "sources", operation_id = "retry_answer",
    params(("id" = Uuid, Path, description = "The answer")), responses((status = 200, body = AnswerView, description = "The answer")))]
pub(crate) async fn retry(State(leads): State<Leads>, allowed: Allowed<rights::Triage>, Path(id): Path<Uuid>) -> Answer<Json<AnswerView>> {
    let (scope, now) = (allowed.scope(), leads.clock().now());
    let wanted = Wanted { id: Some(id), ..Wanted::default() };
    let mut transaction = leads.database().pool().begin().await?;
    let found = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    super::require_not_held(&found.state)?;
    let settings = leads.settings().await?;
    let source = found.source.parse::<Source>().ok().and_then(|source| settings.source(&source));
    if source.is_none_or(|setting| setting.reply_url.is_none()) {
        return Err(Problem::conflict("source-without-address", "这个来源没有回传地址，请人工答复后登记").into());
    }
    if !store::send_again(&mut transaction, id, now, now + LIFE).await? {
        return Err(Problem::conflict("answer-settled", "这条答复正在回传或已经完成").into());
    }
    let row = store::list(&mut transaction, &scope, &wanted, 1).await?.pop().ok_or_else(super::not_found)?;
    transaction.commit().await?;
    let names = Names::of(&leads, None).await?;
    Ok(Json(view(row, &names)))
}
