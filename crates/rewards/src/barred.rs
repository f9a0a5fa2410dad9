//! Telephones that are never paid (不予奖励的电话): of staff, collectors and units' people. Kept as keyed indexes, so that nobody can read
//! them here; who bars or releases some leaves a line of history with their number.

use axum::extract::State;
use http_api::{Answer, Json};
use identity::{
    Allowed,
    audit::{self, SettingChange},
};
use kernel::{id::PersonId, personal::Telephone, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgConnection;
use utoipa::ToSchema;

use crate::{Rewards, award, rights, store};

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
    let indexes = indexes(&room, &request.telephones)?;
    let (now, by) = (room.clock().now(), allowed.caller.person);
    let mut transaction = room.database().pool().begin().await?;
    let added = store::bar(&mut transaction, room.home_region(), &indexes, by.uuid(), now).await?;
    if added > 0 {
        leave(&room, &mut transaction, by, "reward-telephones-barred", json!({ "telephones": added })).await?;
    }
    transaction.commit().await?;
    Ok(Json(BarredTelephones { count: store::barred_count(room.database().pool(), room.home_region()).await? }))
}

/// Telephones that may be paid again, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReleaseTelephones {
    /// At most 5,000.
    telephones: Vec<String>,
    /// Why: somebody left the service, or the number belongs to another person now.
    reason: String,
}

/// Bars telephones no more. Reports from now on are weighed without; what was refused stays refused.
///
/// # Errors
/// `telephone-invalid` with the line, and nothing is released; `reward-words-invalid`, `reward-not-barred` when none of them was barred,
/// `rewards-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-barred/actions/release", tag = "rewards", operation_id = "release_telephones",
    request_body = ReleaseTelephones, responses((status = 200, body = BarredTelephones, description = "How many")))]
pub(crate) async fn release(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SetRewards>,
    Json(request): Json<ReleaseTelephones>,
) -> Answer<Json<BarredTelephones>> {
    room.require_ground(&allowed.scope())?;
    let indexes = indexes(&room, &request.telephones)?;
    let reason = award::words("reason", &request.reason)?;
    let mut transaction = room.database().pool().begin().await?;
    let released = store::release(&mut transaction, room.home_region(), &indexes).await?;
    if released == 0 {
        return Err(Problem::not_found("reward-not-barred", "这些电话都不在不予奖励之列").field("telephones", "不在其列").into());
    }
    let after = json!({ "telephones": released, "reason": reason });
    leave(&room, &mut transaction, allowed.caller.person, "reward-telephones-released", after).await?;
    transaction.commit().await?;
    Ok(Json(BarredTelephones { count: store::barred_count(room.database().pool(), room.home_region()).await? }))
}

/// Keyed indexes of telephones as they were typed.
fn indexes(room: &Rewards, telephones: &[String]) -> Result<Vec<Vec<u8>>, Problem> {
    if telephones.len() > MOST {
        return Err(Problem::invalid("rewards-too-many", format!("一次最多 {MOST} 个电话")).field("telephones", "数量过多"));
    }
    let index = |(line, text): (usize, &String)| {
        let telephone = Telephone::parse(text).map_err(|problem| problem.field("telephones", format!("第 {} 行不是电话号码", line + 1)))?;
        Ok(room.index_of(&telephone))
    };
    telephones.iter().enumerate().map(index).collect()
}

/// A line of the history: how many, never which.
async fn leave(room: &Rewards, connection: &mut PgConnection, by: PersonId, action: &'static str, after: Value) -> Answer<()> {
    let change = SettingChange { region: room.home_region(), action, target: "reward-barred", before: Value::Null, after };
    Ok(audit::record(connection, room.clock().now(), by, change).await?)
}
