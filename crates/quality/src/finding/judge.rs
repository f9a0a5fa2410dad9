//! Judge an answer (复核整改、复核异议): by somebody who had no part in the case. A dropped finding gives its points back.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FindingState, FindingVerdict, no_finding, store, view::FindingView};
use crate::{
    Quality,
    file::{self, verdict::fails},
    rights,
    round::{self, RoundState},
    scope::covers,
    service::text,
    sheet,
    sheet::body::Severity,
};

/// A judgement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgeFinding {
    /// The finding's version as it was seen.
    seen: i32,
    verdict: FindingVerdict,
    text: String,
}

/// Judges what the officer answered.
///
/// # Errors
/// `finding-not-found`, `finding-participant`, `finding-not-judged`, `version-conflict`, `field-required`, `round-closed`.
#[utoipa::path(post, path = "/api/v1/review-findings/{id}/actions/judge", tag = "quality", operation_id = "judge_review_finding",
    params(("id" = Uuid, Path, description = "The finding")), request_body = JudgeFinding, responses((status = 200, body = FindingView)))]
pub(crate) async fn judge(
    State(room): State<Quality>,
    allowed: Allowed<rights::ScoreFiles>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<JudgeFinding>,
) -> Answer<Json<FindingView>> {
    let (caller, now) = (&allowed.caller, room.clock().now());
    let person = caller.person.uuid();
    let words = text("text", "复核意见", &wanted.text, 2_000)?;
    let mut transaction = room.database().pool().begin().await?;
    let seen = store::read(&mut *transaction, id).await?.ok_or_else(no_finding)?;
    let file = file::store::held(&mut transaction, seen.file).await?.ok_or_else(no_finding)?;
    let row = store::held(&mut transaction, id).await?.ok_or_else(no_finding)?;
    let round = round::store::shared(&mut transaction, row.round).await?.ok_or_else(no_finding)?;
    let seats = file::store::seats(&mut *transaction, file.id).await?;
    let scored = seats.iter().any(|seat| seat.reviewer == Some(person));
    let manages = caller.scope::<rights::ManageReviews>().is_some_and(|scope| covers(&scope, &round.region, round.unit));
    if !scored && !manages {
        return Err(no_finding().into());
    }
    if file.participants.contains(&person) {
        return Err(Problem::forbidden("finding-participant", "办理、审核、审批过本案的人不能复核本案的问题").into());
    }
    if round.state != RoundState::Drawn.code() {
        return Err(Problem::conflict("round-closed", "评查批次已经办结，不能再复核").into());
    }
    if row.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "这条问题已被更新，请刷新后重新复核").into());
    }
    let state = row.state.parse().unwrap_or(FindingState::Told);
    let Some(after) = state.judged(wanted.verdict) else {
        let why = format!("“{}”的问题不能作“{}”的复核意见", state.label(), wanted.verdict.label());
        return Err(Problem::conflict("finding-not-judged", why).into());
    };
    let limit = (after == FindingState::Told).then(|| room.working_days(now, round.plan.answer_days));
    store::judged(&mut transaction, id, (after.code(), &words), (person, now), limit).await?;
    if after == FindingState::Dropped {
        let sheet = sheet::store::read(&mut *transaction, round.sheet).await?.ok_or_else(no_finding)?;
        let others = store::of_file(&mut *transaction, file.id).await?;
        let vetoed = others.iter().any(|it| it.severity == Severity::Veto.code() && it.state != FindingState::Dropped.code());
        let tenths = file.tenths.unwrap_or(0) + row.tenths;
        let failed = fails(tenths, vetoed, sheet.body.pass);
        file::store::settle(&mut transaction, file.id, (tenths, vetoed, failed), now).await?;
    }
    transaction.commit().await?;
    let row = store::read(room.database().pool(), id).await?.ok_or_else(no_finding)?;
    Ok(Json(room.finding_views(vec![row], caller).await?.pop().ok_or_else(no_finding)?))
}
