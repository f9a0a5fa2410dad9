//! Publish the rules of a programme, new or changed (发布奖励方案). Rules hold from tomorrow at the earliest: who reports today knows what holds.

use axum::{extract::State, http::StatusCode};
use chrono::{Days, NaiveDate};
use http_api::{Answer, IfMatch, Json, Path};
use identity::{
    Allowed, Caller,
    audit::{self, SettingChange},
};
use kernel::{id::uuid_at, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Rules, invalid, list::RewardProgramme, not_found, store};
use crate::{
    Rewards,
    journal::{self, Account, Line, What},
    rights, settle,
};

/// Programmes of a district.
const MOST: i64 = 50;

/// A new programme.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRewardProgramme {
    /// What citizens read, at most 40 characters.
    name: String,
    rules: Rules,
}

/// Rules that take the place of those in force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedRewardRules {
    rules: Rules,
    /// Reports from this day are under them.
    from_day: NaiveDate,
}

fn check(room: &Rewards, rules: &Rules) -> Result<(), Problem> {
    rules.check()?;
    if rules.area.starts_with(room.home_region()) { Ok(()) } else { Err(invalid("area", "范围不在本区县")) }
}

/// Publishes a programme and puts its money aside.
///
/// # Errors
/// `reward-rules-invalid`, `reward-name-taken`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/reward-programmes", tag = "rewards", operation_id = "publish_reward_programme",
    request_body = NewRewardProgramme, responses((status = 201, body = RewardProgramme, description = "The programme")))]
pub(crate) async fn create(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SetRewards>,
    Json(request): Json<NewRewardProgramme>,
) -> Answer<(StatusCode, Json<RewardProgramme>)> {
    room.require_ground(&allowed.scope())?;
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(invalid("name", "名称应为 1 至 40 字").into());
    }
    let rules = request.rules;
    check(&room, &rules)?;
    if rules.from_day <= room.today() {
        return Err(invalid("from_day", "最早从明天开始：抽签的种子要在当天之前公布承诺").into());
    }
    let (now, id) = (room.clock().now(), uuid_at(room.clock().now()));
    let mut transaction = room.database().pool().begin().await?;
    if store::count(&mut transaction, room.home_region()).await? >= MOST {
        return Err(Problem::conflict("reward-programmes-full", format!("奖励方案最多 {MOST} 个")).into());
    }
    let before = rules.from_day.checked_sub_days(Days::new(1)).unwrap_or(rules.from_day);
    if !store::insert(&mut transaction, room.home_region(), (id, name), before, now).await? {
        return Err(Problem::conflict("reward-name-taken", "已有同名的奖励方案").field("name", "已有同名的奖励方案").into());
    }
    store::publish(&mut transaction, id, 1, (rules.from_day, &rules), allowed.caller.person.uuid(), now).await?;
    let fund = Line::between(Account::Funding, Account::Budget, rules.total_fen, What::Fund).by(allowed.caller.person.uuid());
    journal::store::write(&mut transaction, id, &fund, now).await?;
    settle::commit::ahead(&room, &mut transaction, id, now).await?;
    trace(&room, &mut transaction, &allowed.caller, id, json!(null), json!({ "name": name, "rules": rules })).await?;
    let row = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok((StatusCode::CREATED, Json(room.programmes(vec![row]).await?.remove(0))))
}

/// Publishes changed rules for reports from a coming day. The budget may grow, and shrink by what is not given out yet; a last day that was
/// moved to the front ends the programme.
///
/// # Errors
/// `reward-programme-not-found`, `reward-rules-invalid`, `version-conflict`, `scope-exceeded`.
#[utoipa::path(put, path = "/api/v1/reward-programmes/{id}", tag = "rewards", operation_id = "change_reward_programme",
    request_body = ChangedRewardRules, params(("id" = Uuid, Path, description = "The programme")),
    responses((status = 200, body = RewardProgramme, description = "The programme")))]
pub(crate) async fn change(
    State(room): State<Rewards>,
    allowed: Allowed<rights::SetRewards>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<ChangedRewardRules>,
) -> Answer<Json<RewardProgramme>> {
    room.require_ground(&allowed.scope())?;
    let rules = request.rules;
    check(&room, &rules)?;
    let now = room.clock().now();
    let mut transaction = room.database().pool().begin().await?;
    let before = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    if seen.is_some_and(|seen| seen != i64::from(before.version)) {
        return Err(Problem::precondition_failed("version-conflict", "奖励方案刚被别人改过，请刷新后再改").into());
    }
    if request.from_day <= room.today() || request.from_day < before.from_day {
        return Err(invalid("from_day", "新规则最早从明天起生效，也不能早于已公布的规则").into());
    }
    if rules.from_day != before.rules.from_day || rules.area != before.rules.area {
        return Err(invalid("area", "范围和开始日不能更改，请另设方案").into());
    }
    let person = allowed.caller.person.uuid();
    let more = rules.total_fen - before.rules.total_fen;
    if more < 0 && journal::store::balances(&mut transaction, id).await?.of(Account::Budget) < -more {
        return Err(invalid("total_fen", "预算已核定出去，不能减到这么少").into());
    }
    if more != 0 {
        let (from, to) = if more > 0 { (Account::Funding, Account::Budget) } else { (Account::Budget, Account::Funding) };
        journal::store::write(&mut transaction, id, &Line::between(from, to, more.abs(), What::Fund).by(person), now).await?;
    }
    store::publish(&mut transaction, id, before.version + 1, (request.from_day, &rules), person, now).await?;
    settle::commit::ahead(&room, &mut transaction, id, now).await?;
    let after = json!({ "name": before.name, "from_day": request.from_day, "rules": rules });
    trace(&room, &mut transaction, &allowed.caller, id, json!({ "name": before.name, "rules": before.rules.0 }), after).await?;
    let row = store::locked(&mut transaction, room.home_region(), id).await?.ok_or_else(not_found)?;
    transaction.commit().await?;
    Ok(Json(room.programmes(vec![row]).await?.remove(0)))
}

async fn trace(
    room: &Rewards,
    connection: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
    before: serde_json::Value,
    after: serde_json::Value,
) -> Answer<()> {
    let (region, target) = (room.home_region(), id.to_string());
    let change = SettingChange { region, action: "reward-programme-published", target: &target, before, after };
    audit::record(connection, room.clock().now(), caller.person, change).await?;
    Ok(())
}
