//! Whether a report got something (这件上报的奖励).

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, ClientAddress, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::named;
use crate::{
    Rewards,
    award::{AwardState, store as awards},
    settle::Reason,
    store,
};

/// What a report got.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnReward {
    /// For claiming.
    id: Uuid,
    state: AwardState,
    /// In the citizen's words.
    words: String,
    fen: i64,
    /// It can be claimed now, until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim_until: Option<DateTime<Utc>>,
    simulated: bool,
}

/// What a report got, under every programme.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnRewards {
    items: Vec<OwnReward>,
    /// A secret is kept: who claims needs it, or the telephone that was left. Without one, that telephone.
    has_secret: bool,
}

/// Reads what a report got. Empty as long as its day is not settled.
///
/// # Errors
/// `report-not-found`, `too-many-requests`.
#[utoipa::path(get, path = "/api/v1/public/reports/{tracking_code}/reward", tag = "public", operation_id = "read_own_reward",
    params(("tracking_code" = String, Path, description = "The code")), responses((status = 200, body = OwnRewards, description = "What it got")))]
pub(crate) async fn show(
    State(room): State<Rewards>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
) -> Answer<Json<OwnRewards>> {
    room.reads().check(address)?;
    let (key, _) = named(&room, &code).await?;
    let pool = room.database().pool();
    let rows = awards::of_lead(pool, &key.region, key.id.uuid()).await?;
    let view = |row: awards::AwardRow| {
        let state = row.state();
        let why = row.reason().map_or("", Reason::label);
        let words = match state {
            // A suspicion is no verdict, and not the reporter's business before a person judged it.
            AwardState::Reserved => "正在审核，审核通过后可在这里领取".to_owned(),
            AwardState::Granted => "审核已通过，请在期限内领取".to_owned(),
            AwardState::Claimed => "已登记领取，等待发放".to_owned(),
            AwardState::Paid => "已发放".to_owned(),
            AwardState::Expired => "超过期限未领取，奖金已退回".to_owned(),
            AwardState::Refused if row.reason() == Some(Reason::Person) => format!("没有获得奖励：{}", row.note.as_deref().unwrap_or(why)),
            AwardState::Refused => format!("没有获得奖励：{why}"),
            AwardState::TakenBack => format!("奖励已收回：{why}"),
        };
        let claim_until = row.claim_until.filter(|_| state == AwardState::Granted);
        OwnReward { id: row.id, state, words, fen: row.fen, claim_until, simulated: row.simulated }
    };
    let has_secret = store::secret(pool, &key.region, key.id.uuid()).await?.is_some();
    Ok(Json(OwnRewards { items: rows.into_iter().map(view).collect(), has_secret }))
}
