//! Claim an award (领奖): by the code and the report's secret, or to the telephone that was left with it. No name, no account.

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use docket::KeyOf;
use http_api::{Answer, ClientAddress, Json, Path};
use kernel::{
    id::{SubjectId, uuid_at},
    personal::Telephone,
    problem::Problem,
};
use leads::ContactMatch;
use serde::Deserialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{digest, named};
use crate::{
    Rewards,
    award::{self, AwardState, store as awards},
    programme::{self, Rules},
    settle::{self, rule::day_of},
    store,
};

/// A claim.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimReward {
    /// The award.
    award: Uuid,
    /// The telephone that is paid to; a mobile number.
    telephone: String,
    /// The report's secret. Not needed to be paid to the telephone that was left with the report.
    secret: Option<String>,
}

/// Claims an award. The telephone goes into the vault; the limits of a telephone count here, where for the first time there is one.
///
/// # Errors
/// `report-not-found`, `reward-not-found`, `reward-not-claimable`, `reward-proof-wrong`, `reward-payee-barred`, `reward-limit-reached`,
/// `telephone-invalid`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/reports/{tracking_code}/reward-claims", tag = "public", operation_id = "claim_reward",
    params(("tracking_code" = String, Path, description = "The code")), request_body = ClaimReward, responses((status = 204, description = "Claimed")))]
pub(crate) async fn take(
    State(room): State<Rewards>,
    ClientAddress(address): ClientAddress,
    Path(code): Path<String>,
    Json(request): Json<ClaimReward>,
) -> Answer<StatusCode> {
    room.rate().check(address)?;
    let (key, number) = named(&room, &code).await?;
    room.rate_of_report().check(number)?;
    let telephone = mobile(&request.telephone)?;
    let (now, region) = (room.clock().now(), room.home_region());
    let secret = store::secret(room.database().pool(), &key.region, key.id.uuid()).await?;
    let mut transaction = room.database().pool().begin().await?;
    prove(&room, &mut transaction, &key, (secret, request.secret.as_deref()), &telephone).await?;
    let seen = awards::one(&mut transaction, region, request.award).await?.filter(|it| it.lead_id == key.id.uuid());
    let seen = seen.ok_or_else(award::not_found)?;
    let programme = programme::store::locked(&mut transaction, region, seen.programme).await?.ok_or_else(award::not_found)?;
    let award = awards::one(&mut transaction, region, seen.id).await?.ok_or_else(award::not_found)?;
    if award.state() != AwardState::Granted || award.claim_until.is_none_or(|until| until < now) {
        return Err(Problem::conflict("reward-not-claimable", "这件奖励现在不能领取，可能已经领取或过期").into());
    }
    let payee = room.index_of(&telephone);
    if !settle::store::barred(&mut transaction, region, std::slice::from_ref(&payee)).await?.is_empty() {
        let detail = "这个电话不在奖励对象内（城管工作人员及处置单位人员不参加奖励）";
        return Err(Problem::conflict("reward-payee-barred", detail).field("telephone", "不在奖励对象内").into());
    }
    // The limits that were promised when it was reported.
    let of_receipt = programme::store::in_force(&mut transaction, programme.id, day_of(award.received_at)).await?;
    let rules = of_receipt.map_or(programme.rules, |(_, rules)| rules);
    limits(&mut transaction, region, &rules, (&payee, seen.id), award.received_at).await?;
    let subject = uuid_at(now);
    room.vault().keep(&mut transaction, region, SubjectId::from(subject), &[("payee", telephone.expose())]).await?;
    awards::claim(&mut transaction, award.id, &payee, subject, now).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A mobile number of the mainland: vouchers are sent to it.
fn mobile(text: &str) -> Result<Telephone, Problem> {
    let wrong = || Problem::invalid("telephone-invalid", "请填写 11 位手机号码").field("telephone", "应为 11 位手机号码");
    let telephone = Telephone::parse(text).map_err(|_| wrong())?;
    let digits = telephone.expose();
    // Written with the country's code or without it is the same telephone, and counts as one.
    let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(digits);
    let fits = digits.len() == 11 && digits.starts_with('1') && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Telephone::parse(digits) } else { Err(wrong()) }
}

/// Whether it is the reporter who claims.
async fn prove(
    room: &Rewards,
    connection: &mut PgConnection,
    key: &KeyOf,
    (kept, said): (Option<Vec<u8>>, Option<&str>),
    telephone: &Telephone,
) -> Answer<()> {
    let by_secret = kept.zip(said).is_some_and(|(kept, said)| digest(said) == kept);
    // Whoever knows code and telephone has it paid to the reporter's own telephone, and nobody else's.
    if by_secret || room.leads().matches_contact(connection, key, Some(telephone)).await? == ContactMatch::Same {
        return Ok(());
    }
    // One answer for all that does not fit: the code alone finds out nothing about its owner.
    Err(Problem::conflict("reward-proof-wrong", "无法确认是上报人本人：请在上报时用的设备上领取，或填写上报时留下的电话").into())
}

/// # Errors
/// `reward-limit-reached`.
async fn limits(
    connection: &mut PgConnection,
    region: &str,
    rules: &Rules,
    (payee, award): (&[u8], Uuid),
    received_at: DateTime<Utc>,
) -> Answer<()> {
    let day = day_of(received_at);
    let month = day.with_day(1).unwrap_or(day);
    let begins = |day: NaiveDate| settle::begins(day);
    let periods = [
        ((begins(day), begins(day + Days::new(1))), rules.person_day, "当天上报的奖励"),
        ((begins(month), begins(month + Months::new(1))), rules.person_month, "当月上报的奖励"),
    ];
    for (period, most, words) in periods {
        if awards::claimed_by(connection, region, payee, period, award).await? >= i64::from(most) {
            let detail = format!("这个电话{words}已领满 {most} 件");
            return Err(Problem::conflict("reward-limit-reached", detail.clone()).field("telephone", detail).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_one_however_it_is_written() {
        assert_eq!(mobile("+86 139-0000-0001").unwrap().expose(), mobile("13900000001").unwrap().expose());
        for wrong in ["12345", "0573-88880000", "139****0001", "23900000001"] {
            assert!(mobile(wrong).is_err(), "{wrong}");
        }
    }
}
