//! A day's lot, for whoever wants to draw it again (抽签复核): numbers in the order of the lot. A number is nobody's name.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, ClientAddress, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Rewards, award::store as awards, programme, settle};

/// Numbers that are shown.
const MOST: i64 = 5_000;

/// A report in the lot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardLot {
    number: String,
    /// SHA-256 of `seed:number`.
    lot: String,
    /// The money of the day reached to it. What became of it afterwards is its reporter's.
    reached: bool,
}

/// A lot.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardDay {
    day: NaiveDate,
    commitment: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<String>,
    /// In the order of the lot; empty before the day is settled.
    items: Vec<RewardLot>,
}

/// Reads a day's lot.
///
/// # Errors
/// `reward-programme-not-found` where there is no lot on that day; `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/rewards/{id}/days/{day}", tag = "public", operation_id = "read_reward_day",
    params(("id" = Uuid, Path, description = "The programme"), ("day" = NaiveDate, Path, description = "The day")),
    responses((status = 200, body = RewardDay, description = "The lot")))]
pub(crate) async fn day(
    State(room): State<Rewards>,
    ClientAddress(address): ClientAddress,
    Path((id, day)): Path<(Uuid, NaiveDate)>,
) -> Answer<Json<RewardDay>> {
    room.reads().check(address)?;
    let pool = room.database().pool();
    let row = settle::store::day(&mut *pool.acquire().await?, id, day).await?.ok_or_else(programme::not_found)?;
    let lots = if row.seed.is_some() { awards::lots(pool, id, day, MOST).await? } else { Vec::new() };
    let items = lots.into_iter().map(|(number, lot, reached)| RewardLot { number, lot, reached }).collect();
    Ok(Json(RewardDay { day, commitment: row.commitment, seed: row.seed, items }))
}
