//! List the awards (奖励列表).

use axum::extract::State;
use chrono::NaiveDate;
use database::keyset;
use http_api::{Answer, Json, Page, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    AwardState,
    store::{self, Wanted},
    view::RewardAward,
};
use crate::{Rewards, rights, settle::Reason};

/// Rows of a page.
const ROWS: usize = 50;

/// Which awards are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    programme: Option<Uuid>,
    /// In one state.
    #[param(inline)]
    state: Option<AwardState>,
    /// Ended for one reason.
    #[param(inline)]
    reason: Option<Reason>,
    /// Only those that a person must look at, or only the others.
    held: Option<bool>,
    /// Settled with one day.
    day: Option<NaiveDate>,
    /// The number of the report.
    q: Option<String>,
    /// Where the page begins, from `next_cursor`.
    cursor: Option<String>,
}

impl Ask {
    /// # Errors
    /// `cursor-invalid`.
    pub(super) fn wanted(self) -> Result<Wanted, Problem> {
        let before = self.cursor.as_deref().map(keyset::decode::<Uuid>).transpose();
        Ok(Wanted {
            programme: self.programme,
            state: self.state,
            reason: self.reason,
            held: self.held,
            day: self.day,
            number: self.q.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
            before: before.map_err(|_| Problem::invalid("cursor-invalid", "翻页标记无效，请从第一页重新查询"))?,
        })
    }
}

/// Lists awards, the newest first; reports that get nothing stand among them with the reason.
///
/// # Errors
/// `cursor-invalid`, `query-invalid`, `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-awards", tag = "rewards", operation_id = "list_reward_awards", params(Ask),
    responses((status = 200, body = Page<RewardAward>, description = "One page")))]
pub(crate) async fn list(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SeeRewards>,
    Query(ask): Query<Ask>,
) -> Answer<Json<Page<RewardAward>>> {
    room.require_ground(&allowed.scope())?;
    let rows = store::list(room.database().pool(), room.home_region(), &ask.wanted()?, ROWS as i64 + 1).await?;
    let (rows, next_cursor) = keyset::page(rows, ROWS, |row| row.id);
    Ok(Json(Page { items: room.awards(rows).await?, next_cursor }))
}
