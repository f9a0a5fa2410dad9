//! Close a round (办结评查), or give it up before the draw (取消). Closing freezes its figures.

use axum::extract::State;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    RoundState,
    figures::{Tally, counted},
    no_round,
    show::RoundView,
    store,
};
use crate::{Quality, rights, scope::covers, service::text};

/// Which round, and what is said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CloseRound {
    /// The round's version as it was seen.
    seen: i32,
    /// What came of it; where findings are open, why it is closed all the same.
    note: String,
    /// Closed although findings are not settled.
    #[serde(default)]
    with_open: bool,
}

/// Why a round is not closed yet.
fn bars(total: &Tally, with_open: bool) -> Result<(), Problem> {
    let unscored = total.files - total.scored;
    if unscored > 0 {
        return Err(Problem::conflict("round-unscored", format!("还有 {unscored} 份案卷没有评定，不能办结")));
    }
    if total.open > 0 && !with_open {
        let why = format!("还有 {} 条问题没有整改完毕；确需办结的，写明理由并选择“带问题办结”", total.open);
        return Err(Problem::conflict("round-open", why));
    }
    Ok(())
}

/// Closes a round that was drawn, or gives up one that was not.
///
/// # Errors
/// `round-not-found`, `version-conflict`, `round-unscored`, `round-open`, `round-closed`, `field-required`.
#[utoipa::path(post, path = "/api/v1/review-rounds/{id}/actions/close", tag = "quality", operation_id = "close_review_round",
    params(("id" = Uuid, Path, description = "The round")), request_body = CloseRound, responses((status = 200, body = RoundView)))]
pub(crate) async fn close(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<CloseRound>,
) -> Answer<Json<RoundView>> {
    let note = text("note", "办结说明", &wanted.note, 1_000)?;
    let seen =
        store::read(room.database().pool(), id).await?.filter(|it| covers(&allowed.scope(), &it.region, it.unit)).ok_or_else(no_round)?;
    let (remedies, cut) = room.remedies_of(&seen).await?;
    let mut transaction = room.database().pool().begin().await?;
    let round = store::held(&mut transaction, id).await?.ok_or_else(no_round)?;
    if round.version != wanted.seen {
        return Err(Problem::precondition_failed("version-conflict", "评查批次已被他人更新，请刷新后重新操作").into());
    }
    let who = (allowed.caller.person.uuid(), room.clock().now());
    match round.state.parse() {
        Ok(RoundState::Gathered) => store::end(&mut transaction, id, (RoundState::Cancelled.code(), &note, None), who).await?,
        Ok(RoundState::Drawn) => {
            // Whoever scores, answers or judges shares the round until he is done: what is counted here is all of it.
            let figures = counted(&mut transaction, id, &remedies, cut).await?;
            bars(&figures.total, wanted.with_open)?;
            let frozen = serde_json::to_value(&figures).map_err(|error| {
                tracing::error!(%error, "figures could not be written out");
                Problem::internal("figures-unwritten", "评查数据无法保存，请联系管理员")
            })?;
            store::end(&mut transaction, id, (RoundState::Closed.code(), &note, Some(frozen)), who).await?;
        }
        _ => return Err(Problem::conflict("round-closed", "评查批次已经办结或者取消").into()),
    }
    transaction.commit().await?;
    Ok(Json(room.round_view(id).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_is_closed_when_all_is_scored_and_settled_or_with_a_reason() {
        let of = |scored, open, with_open| bars(&Tally { files: 3, scored, open, ..Tally::default() }, with_open).map_err(|it| it.code);
        assert_eq!(of(2, 0, true).unwrap_err(), "round-unscored");
        assert_eq!(of(3, 1, false).unwrap_err(), "round-open");
        assert!(of(3, 1, true).is_ok() && of(3, 0, false).is_ok());
    }
}
