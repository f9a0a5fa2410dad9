//! Enter with a code and who one is (进入当事人页面).

use std::time::Duration;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use axum_extra::extract::cookie::CookieJar;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, ClientAddress, ForwardedHttps, Json};
use kernel::problem::Problem;
use serde::Deserialize;
use tokio::time::{Instant, sleep_until};
use utoipa::ToSchema;

use super::{LONGEST, check::Identified, cookie, hash, is_secure, new_token, store};
use crate::{Parties, code};

/// What is asked at the door.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyEntry {
    /// The code, as it is printed or typed.
    code: String,
    /// The last six characters of the identity number or credit code.
    number_end: String,
    /// The last four digits of the telephone.
    telephone_end: String,
}

/// Every answer takes at least so long, so that looking longer at a code that there is tells nobody that there is one.
const AT_LEAST: Duration = Duration::from_millis(400);
/// So often a person mistypes.
const FREE: i32 = 5;
/// The longest wait.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(24);
/// Failures are forgotten after this.
const REMEMBERED: TimeDelta = TimeDelta::days(2);
/// The longest text that is looked at.
const LONGEST_TEXT: usize = 64;

/// How long a code is locked after so many failures: a minute, then twice as long each time.
fn wait(failures: i32) -> Option<TimeDelta> {
    let beyond = u32::try_from(failures - FREE).ok()?;
    let minutes = 1_i64.checked_shl(beyond.min(20)).unwrap_or(i64::MAX);
    Some(TimeDelta::minutes(minutes).min(LONGEST_WAIT))
}

/// One answer for a code that there is not, one that was taken back, and a person who is another.
fn refused() -> Problem {
    Problem::forbidden(
        "party-entry-refused",
        "查询码、证件号码后六位或者电话后四位不对，请对照文书核对后再试；查询码不见了的，请联系承办人重新发放",
    )
}

fn locked(until: DateTime<Utc>, now: DateTime<Utc>) -> Problem {
    let minutes = (until - now).num_minutes() + 1;
    Problem::too_many("party-entry-locked", format!("输错次数过多，请 {minutes} 分钟后再试，或者联系承办人重新发放查询码"))
}

/// Enters; the session is in the cookie.
///
/// # Errors
/// `party-entry-refused`, `party-entry-locked`, `too-many-requests`.
#[utoipa::path(post, path = "/api/v1/public/party-session", tag = "public", operation_id = "enter_my_case", request_body = PartyEntry,
    responses((status = 204, description = "Entered: the cookie holds the session")))]
pub(crate) async fn enter(
    State(room): State<Parties>,
    ClientAddress(address): ClientAddress,
    forwarded: ForwardedHttps,
    jar: CookieJar,
    Json(entry): Json<PartyEntry>,
) -> Answer<impl IntoResponse> {
    room.entries().check(address)?;
    let begun = Instant::now();
    let done = tried(&room, &address.to_string(), &entry).await;
    sleep_until(begun + AT_LEAST).await;
    Ok((StatusCode::NO_CONTENT, jar.add(cookie(done?, is_secure(&room, forwarded)))))
}

/// One attempt, written down whatever comes of it.
async fn tried(room: &Parties, address: &str, entry: &PartyEntry) -> Answer<String> {
    let (parts, now) = (room.parts(), room.parts().wall.now());
    let long = [&entry.code, &entry.number_end, &entry.telephone_end].iter().any(|text| text.len() > LONGEST_TEXT);
    let known = code::hash(&parts.vault, if long { "" } else { &entry.code });
    let from = parts.vault.blind("party.address", address);
    let mut transaction = parts.database.pool().begin().await?;
    store::sweep(&mut transaction, now - REMEMBERED, now).await?;
    let lock = store::hold(&mut transaction, &known, now).await?;
    let found = code::store::in_force(&mut transaction, &known).await?;
    if let Some(until) = lock.locked_until.filter(|until| *until > now) {
        store::note_attempt(&mut transaction, now, &from, found.map(|row| row.id), "locked").await?;
        transaction.commit().await?;
        return Err(locked(until, now).into());
    }
    let who = match &found {
        Some(row) => {
            let all = parts.cases.parties_of(&mut transaction, row.case_id).await?;
            match all.into_iter().find(|party| party.ordinal == row.party) {
                Some(party) => Identified::of(&parts.vault.read(&mut transaction, &row.region, party.subject.into()).await??),
                None => None,
            }
        }
        None => None,
    };
    let is_he = who.unwrap_or_else(Identified::nobody).is(&entry.number_end, &entry.telephone_end);
    let id = found.as_ref().map(|row| row.id);
    if let (Some(row), true, false) = (found, is_he, long) {
        let token = new_token();
        store::forget_failures(&mut transaction, &known).await?;
        store::begin(&mut transaction, &hash(&token), row.id, now, now + LONGEST).await?;
        store::note_attempt(&mut transaction, now, &from, id, "entered").await?;
        transaction.commit().await?;
        return Ok(token);
    }
    let failures = lock.failures.saturating_add(1);
    store::note_failure(&mut transaction, &known, failures, wait(failures).map(|wait| now + wait)).await?;
    store::note_attempt(&mut transaction, now, &from, id, "refused").await?;
    transaction.commit().await?;
    Err(refused().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_has_an_end() {
        assert_eq!(wait(4), None);
        assert_eq!(wait(5), Some(TimeDelta::minutes(1)));
        assert_eq!(wait(8), Some(TimeDelta::minutes(8)));
        assert_eq!(wait(1_000), Some(LONGEST_WAIT));
    }
}
