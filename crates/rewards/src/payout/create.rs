//! Make a payout of what was claimed (生成发放批次). What oneself approved stays out of it.

use axum::{extract::State, http::StatusCode};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{list::RewardPayout, not_found, store};
use crate::{Rewards, award::store as awards, programme, rights};

/// Awards of one payout.
const MOST: i64 = 1_000;

/// A payout.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRewardPayout {
    programme: Uuid,
}

/// Makes a payout of at most a thousand claimed awards that others approved.
///
/// # Errors
/// `reward-programme-not-found`, `reward-nothing-to-pay`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-payouts", tag = "rewards", operation_id = "make_reward_payout", request_body = NewRewardPayout,
    responses((status = 201, body = RewardPayout, description = "The payout")))]
pub(crate) async fn create(
    State(room): State<Rewards>,
    allowed: Allowed<rights::PayRewards>,
    Json(request): Json<NewRewardPayout>,
) -> Answer<(StatusCode, Json<RewardPayout>)> {
    room.require_ground(&allowed.scope())?;
    let (now, by) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    programme::store::locked(&mut transaction, room.home_region(), request.programme).await?.ok_or_else(programme::not_found)?;
    let id = uuid_at(now);
    let tail = id.simple().to_string();
    let number = format!("JL{}-{}", room.today().format("%Y%m%d"), &tail[tail.len() - 6..]);
    store::insert(&mut transaction, room.home_region(), (id, request.programme, &number), by, now).await?;
    let (count, fen) = awards::take_into(&mut transaction, request.programme, id, by, MOST).await?;
    if count == 0 {
        return Err(Problem::conflict(
            "reward-nothing-to-pay",
            "没有可发放的奖励：还没有人领取，或都是您本人审核的（审核和发放应由不同的人办理）",
        )
        .into());
    }
    store::set_sums(&mut transaction, id, count, fen).await?;
    let made = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.payouts(vec![made]).await?.remove(0))))
}
