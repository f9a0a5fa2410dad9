//! List the payouts (发放批次列表).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, PayoutRow};
use crate::{Rewards, rights};

/// Payouts that are shown.
const MOST: i64 = 200;

/// A payout.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardPayout {
    id: Uuid,
    programme: Uuid,
    number: String,
    /// Awards in it when it was made.
    awards: i64,
    fen: i64,
    made_by: String,
    made_at: DateTime<Utc>,
    /// Those that finance paid.
    paid: i64,
    /// Those that finance said nothing about yet.
    waiting: i64,
}

/// Payouts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardPayouts {
    items: Vec<RewardPayout>,
}

impl Rewards {
    pub(super) async fn payouts(&self, rows: Vec<PayoutRow>) -> Answer<Vec<RewardPayout>> {
        let names = self.identity().names_of(&rows.iter().map(|row| row.made_by).collect::<Vec<_>>()).await?;
        let view = |row: PayoutRow| RewardPayout {
            made_by: names.get(&row.made_by).cloned().unwrap_or_default(),
            id: row.id,
            programme: row.programme,
            number: row.number,
            awards: row.awards,
            fen: row.fen,
            made_at: row.made_at,
            paid: row.paid,
            waiting: row.waiting,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// Lists the newest two hundred payouts.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-payouts", tag = "rewards", operation_id = "list_reward_payouts",
    responses((status = 200, body = RewardPayouts, description = "The payouts")))]
pub(crate) async fn list(State(room): State<Rewards>, allowed: Allowed<rights::SeeRewards>) -> Answer<Json<RewardPayouts>> {
    room.require_ground(&allowed.scope())?;
    let rows = store::list(room.database().pool(), room.home_region(), MOST).await?;
    Ok(Json(RewardPayouts { items: room.payouts(rows).await? }))
}
