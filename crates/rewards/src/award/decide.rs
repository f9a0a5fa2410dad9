//! Approve awards, or refuse one (审核奖励).

use axum::extract::State;
use chrono::TimeDelta;
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{AwardState, not_found, store, view::RewardAward};
use crate::{
    Rewards,
    journal::{self, Line, What},
    programme, rights,
    settle::{DOUBTED, Reason, accounts},
};

/// Awards that are approved at once.
const MOST: usize = 500;

/// Which awards.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveRewards {
    /// At most 500, of one programme.
    awards: Vec<Uuid>,
    /// What was looked at; needed where one of them must be looked at.
    note: Option<String>,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RewardsApproved {
    /// Approved now.
    approved: usize,
    /// Approved before, or ended otherwise: left as they are.
    left: usize,
}

/// Why an award is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseReward {
    reason: String,
}

/// Words that must be there, without personal numbers.
pub(crate) fn words(field: &'static str, text: &str) -> Result<String, Problem> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 300 || text.contains('\0') {
        return Err(Problem::invalid("reward-words-invalid", "请写明理由，不超过 300 字").field(field, "1 至 300 字"));
    }
    Ok(kernel::personal::redact(text).into_owned())
}

/// Approves awards that wait; their reporters may claim from now on. Sent again, nothing changes.
///
/// # Errors
/// `reward-not-found`, `reward-words-invalid` where one is held, or suspected by now, and no note says what was looked at, `rewards-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-approvals", tag = "rewards", operation_id = "approve_rewards", request_body = ApproveRewards,
    responses((status = 200, body = RewardsApproved, description = "What became of them")))]
pub(crate) async fn approve(
    State(room): State<Rewards>,
    allowed: Allowed<rights::ApproveRewards>,
    Json(request): Json<ApproveRewards>,
) -> Answer<Json<RewardsApproved>> {
    room.require_ground(&allowed.scope())?;
    if request.awards.is_empty() || request.awards.len() > MOST {
        return Err(Problem::invalid("rewards-too-many", format!("一次审核 1 至 {MOST} 件")).field("awards", "数量不符").into());
    }
    let note = request.note.as_deref().map(|note| words("note", note)).transpose()?;
    let (now, by) = (room.clock().now(), allowed.caller.person.uuid());
    let mut transaction = room.database().pool().begin().await?;
    let first = store::one(&mut transaction, room.home_region(), request.awards[0]).await?.ok_or_else(not_found)?;
    let programme = programme::store::locked(&mut transaction, room.home_region(), first.programme).await?.ok_or_else(not_found)?;
    let until = now + TimeDelta::days(i64::from(programme.rules.claim_days));
    let mut done = RewardsApproved { approved: 0, left: 0 };
    let waiting = store::leads_of(&mut transaction, room.home_region(), &request.awards).await?;
    // What was settled without a doubt may have got one since.
    let doubted = match room.doubts() {
        Some(doubts) => doubts.doubted(&mut transaction, room.home_region(), &waiting).await?,
        None => Vec::new(),
    };
    for id in &request.awards {
        let mut award = store::one(&mut transaction, room.home_region(), *id).await?.ok_or_else(not_found)?;
        if award.hold.is_none() && doubted.contains(&award.lead_id) {
            award.hold = Some(DOUBTED.to_owned());
        }
        if award.programme != programme.id {
            return Err(not_found().into());
        }
        if award.state() != AwardState::Reserved {
            done.left += 1;
            continue;
        }
        if award.hold.is_some() && note.is_none() {
            return Err(Problem::invalid("reward-words-invalid", format!("{} 需人工核实，请写明核实情况", award.number))
                .field("note", "请写明")
                .into());
        }
        let line = Line::between(journal::Account::Reserved, journal::Account::Granted, award.fen, What::Grant).of(*id).by(by);
        journal::store::write(&mut transaction, programme.id, &line, now).await?;
        store::approve(&mut transaction, *id, by, until, now).await?;
        if let (Some(note), Some(hold)) = (&note, &award.hold) {
            store::note(&mut transaction, *id, hold, note).await?;
        }
        done.approved += 1;
    }
    transaction.commit().await?;
    Ok(Json(done))
}

/// Refuses an award that is not paid yet, with the reason that its reporter reads.
///
/// # Errors
/// `reward-not-found`, `reward-ended`, `reward-words-invalid`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-awards/{id}/actions/refuse", tag = "rewards", operation_id = "refuse_reward",
    request_body = RefuseReward, params(("id" = Uuid, Path, description = "The award")),
    responses((status = 200, body = RewardAward, description = "The award")))]
pub(crate) async fn refuse(
    State(room): State<Rewards>,
    allowed: Allowed<rights::ApproveRewards>,
    Path(id): Path<Uuid>,
    Json(request): Json<RefuseReward>,
) -> Answer<Json<RewardAward>> {
    room.require_ground(&allowed.scope())?;
    let reason = words("reason", &request.reason)?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let seen = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    programme::store::locked(&mut transaction, room.home_region(), seen.programme).await?.ok_or_else(not_found)?;
    let award = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    let ended = || Problem::conflict("reward-ended", "这件奖励已经发放或结束，不能再改");
    // What is in a payout file may be paid by finance at this moment.
    if award.state() == AwardState::Paid || award.payout.is_some() {
        return Err(ended().into());
    }
    let (from, to) = accounts(award.state()).ok_or_else(ended)?;
    let line = Line::between(from, to, award.fen, What::Refuse).of(id).by(allowed.caller.person.uuid());
    journal::store::write(&mut transaction, award.programme, &line, now).await?;
    store::end(&mut transaction, id, AwardState::Refused, Some(Reason::Person), Some(&reason), now).await?;
    let award = store::one(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.awards(vec![award]).await?.remove(0)))
}
