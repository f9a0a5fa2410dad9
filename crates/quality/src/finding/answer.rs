//! Answer a finding (答复、整改): by an officer of the case.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FindingAnswer, FindingState, no_finding, store, view::FindingView};
use crate::{
    Quality, file, rights,
    round::{self, RoundState},
    scope::covers,
    service::text,
};

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerFinding {
    /// The finding's version as it was seen.
    seen: i32,
    answer: FindingAnswer,
    /// What was done, or why the finding does not hold.
    text: String,
}

/// Says that a finding is corrected, or objects to it.
///
/// # Errors
/// `finding-not-found`, `finding-not-yours`, `finding-answered`, `version-conflict`, `field-required`, `round-closed`.
#[utoipa::path(post, path = "/api/v1/review-findings/{id}/actions/answer", tag = "quality", operation_id = "answer_review_finding",
    params(("id" = Uuid, Path, description = "The finding")), request_body = AnswerFinding, responses((status = 200, body = FindingView)))]
pub(crate) async fn answer(
    State(room): State<Quality>,
    allowed: Allowed<rights::AnswerFindings>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<AnswerFinding>,
) -> Answer<Json<FindingView>> {
    let (caller, now) = (&allowed.caller, room.clock().now());
    let words = text("text", "整改情况或者异议理由", &wanted.text, 2_000)?;
    let mut transaction = room.database().pool().begin().await?;
    let seen = store::read(&mut *transaction, id).await?.ok_or_else(no_finding)?;
    let own = seen.officers.contains(&caller.person.uuid());
    if !own {
        let sees = caller.scope::<rights::SeeReviews>().is_some_and(|scope| covers(&scope, &seen.region, seen.unit));
        let why = "只有本案的承办人可以答复";
        return Err(if sees { Problem::forbidden("finding-not-yours", why) } else { no_finding() }.into());
    }
    file::store::held(&mut transaction, seen.file).await?.ok_or_else(no_finding)?;
    let row = store::held(&mut transaction, id).await?.ok_or_else(no_finding)?;
    let round = round::store::shared(&mut transaction, row.round).await?.ok_or_else(no_finding)?;
    if round.state != RoundState::Drawn.code() {
        return Err(Problem::conflict("round-closed", "评查批次已经办结，不能再答复").into());
    }
    if row.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "这条问题已被更新，请刷新后重新答复").into());
    }
    if row.state != FindingState::Told.code() {
        return Err(Problem::conflict("finding-answered", "已经答复，等待复核").into());
    }
    store::answered(&mut transaction, id, (wanted.answer.code(), &words), (caller.person.uuid(), now)).await?;
    transaction.commit().await?;
    let row = store::read(room.database().pool(), id).await?.ok_or_else(no_finding)?;
    Ok(Json(room.finding_views(vec![row], caller).await?.pop().ok_or_else(no_finding)?))
}
