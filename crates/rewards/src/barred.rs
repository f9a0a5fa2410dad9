//! Telephones that are never paid (不予奖励的电话): of staff, collectors and units' people. Kept as keyed indexes, so that nobody can read
//! them here.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{personal::Telephone, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Rewards, rights, store};

/// Telephones of one request.
const MOST: usize = 5_000;

/// Telephones.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BarTelephones {
    /// At most 5,000.
    telephones: Vec<String>,
}

/// What is barred.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BarredTelephones {
    /// Telephones that are barred now.
    count: i64,
}

/// Says how many telephones are barred. Which, nobody can say.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-barred", tag = "rewards", operation_id = "count_reward_barred",
    responses((status = 200, body = BarredTelephones, description = "How many")))]
pub(crate) async fn list(State(room): State<Rewards>, allowed: Allowed<rights::SeeRewards>) -> Answer<Json<BarredTelephones>> {
    room.require_ground(&allowed.scope())?;
    Ok(Json(BarredTelephones { count: store::barred_count(room.database().pool(), room.home_region()).await? }))
}

/// Bars telephones, besides those that are.
///
/// # Errors
/// `telephone-invalid` with the line, and nothing is kept; `rewards-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-barred", tag = "rewards", operation_id = "bar_telephones", request_body = BarTelephones,
    responses((status = 200, body = BarredTelephones, description = "How many")))]
pub(crate) async fn bar(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SetRewards>,
    Json(request): Json<BarTelephones>,
) -> Answer<Json<BarredTelephones>> {
    room.require_ground(&allowed.scope())?;
    if request.telephones.len() > MOST {
        return Err(Problem::invalid("rewards-too-many", format!("一次最多 {MOST} 个电话")).field("telephones", "数量过多").into());
    }
    let mut indexes = Vec::with_capacity(request.telephones.len());
    for (line, text) in request.telephones.iter().enumerate() {
        let telephone = Telephone::parse(text).map_err(|problem| problem.field("telephones", format!("第 {} 行不是电话号码", line + 1)))?;
        indexes.push(room.index_of(&telephone));
    }
    let pool = room.database().pool();
    store::bar(pool, room.home_region(), &indexes, allowed.caller.person.uuid(), room.clock().now()).await?;
    Ok(Json(BarredTelephones { count: store::barred_count(pool, room.home_region()).await? }))
}
