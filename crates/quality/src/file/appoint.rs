//! Give a seat to somebody (指定评查人): where the lot found nobody, or who was drawn cannot. Who was drawn does not go without a reason, and
//! both are kept.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    no_file,
    show::ReviewFile,
    store::{self, SeatChange},
};
use crate::{
    Quality, rights,
    round::{self, RoundState},
    scope::covers,
    service::text,
};

/// Who scores.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AppointReviewer {
    seat: i16,
    person: Uuid,
    /// Why, where somebody was drawn: 1 to 200 characters.
    #[serde(default)]
    reason: String,
}

/// Gives a seat that is not done to somebody who had no part in the case.
///
/// # Errors
/// `file-not-found`, `reviewer-unfit`, `reviewer-participant`, `reviewer-twice`, `score-done`, `field-required` without a reason.
#[utoipa::path(post, path = "/api/v1/review-files/{id}/actions/appoint", tag = "quality", operation_id = "appoint_reviewer",
    params(("id" = Uuid, Path, description = "The file")), request_body = AppointReviewer, responses((status = 200, body = ReviewFile)))]
pub(crate) async fn appoint(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<AppointReviewer>,
) -> Answer<Json<ReviewFile>> {
    let file = store::read(room.database().pool(), id).await?.ok_or_else(no_file)?;
    let round = round::store::read(room.database().pool(), file.round).await?.ok_or_else(no_file)?;
    if !covers(&allowed.scope(), &round.region, round.unit) {
        return Err(no_file().into());
    }
    room.fit_reviewers(&round.region, &[wanted.person]).await?;
    let mut transaction = room.database().pool().begin().await?;
    let file = store::held(&mut transaction, id).await?.ok_or_else(no_file)?;
    let seats = store::seats(&mut *transaction, id).await?;
    if file.participants.contains(&wanted.person) {
        let why = "办理、审核、审批过本案的人不能评查本案";
        return Err(Problem::conflict("reviewer-participant", why).field("person", why).into());
    }
    if seats.iter().any(|seat| seat.seat != wanted.seat && seat.reviewer == Some(wanted.person)) {
        let why = "同一份案卷由不同的人评查";
        return Err(Problem::conflict("reviewer-twice", why).field("person", why).into());
    }
    let open = seats.iter().find(|seat| seat.seat == wanted.seat && seat.done_at.is_none());
    let Some(seat) = open.filter(|_| round.state == RoundState::Drawn.code()) else {
        return Err(Problem::conflict("score-done", "评分已经提交，不能更换评查人").into());
    };
    if let Some(before) = seat.reviewer.filter(|before| *before != wanted.person) {
        let reason = text("reason", "更换评查人的理由", &wanted.reason, 200)?;
        let change = SeatChange { file: id, seat: wanted.seat, before, after: wanted.person, reason: &reason };
        store::changed(&mut transaction, &change, (allowed.caller.person.uuid(), room.clock().now())).await?;
    }
    store::give(&mut transaction, id, wanted.seat, wanted.person).await?;
    transaction.commit().await?;
    Ok(Json(room.file_view(&allowed.caller, id).await?))
}
