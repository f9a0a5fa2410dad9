//! The programmes with their rules (奖励方案列表).

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Rules,
    store::{self, ProgrammeRow},
};
use crate::{Rewards, journal, rights};

/// A programme.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardProgramme {
    id: Uuid,
    name: String,
    /// The version of the rules; for `If-Match`.
    version: i32,
    /// Reports from this day are under these rules.
    rules_from: NaiveDate,
    rules: Rules,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_name: Option<String>,
    /// The last day that was settled.
    settled_to: NaiveDate,
    published_by: String,
    published_at: DateTime<Utc>,
    /// Not given to anybody yet, in fen.
    budget_fen: i64,
}

/// The programmes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardProgrammes {
    items: Vec<RewardProgramme>,
}

impl Rewards {
    pub(super) async fn programmes(&self, rows: Vec<ProgrammeRow>) -> Answer<Vec<RewardProgramme>> {
        let names = self.identity().names_of(&rows.iter().map(|row| row.published_by).collect::<Vec<_>>()).await?;
        let mut shown = Vec::with_capacity(rows.len());
        let mut connection = self.database().pool().acquire().await?;
        for row in rows {
            let balances = journal::store::balances(&mut connection, row.id).await?;
            shown.push(RewardProgramme {
                budget_fen: balances.of(journal::Account::Budget),
                area_name: self.catalogue().region(&row.rules.area).map(|region| region.name),
                published_by: names.get(&row.published_by).cloned().unwrap_or_default(),
                id: row.id,
                name: row.name,
                version: row.version,
                rules_from: row.from_day,
                rules: row.rules.0,
                settled_to: row.settled_to,
                published_at: row.published_at,
            });
        }
        Ok(shown)
    }
}

/// Lists the programmes, the newest first.
///
/// # Errors
/// `scope-exceeded`.
#[utoipa::path(get, path = "/api/v1/reward-programmes", tag = "rewards", operation_id = "list_reward_programmes",
    responses((status = 200, body = RewardProgrammes, description = "The programmes")))]
pub(crate) async fn list(State(room): State<Rewards>, allowed: Allowed<rights::SeeRewards>) -> Answer<Json<RewardProgrammes>> {
    room.require_ground(&allowed.scope())?;
    let rows = store::all(room.database().pool(), room.home_region()).await?;
    Ok(Json(RewardProgrammes { items: room.programmes(rows).await? }))
}
