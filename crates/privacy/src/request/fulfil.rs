//! Doing what was granted, in the transaction that grants it.

use chrono::{DateTime, Utc};
use docket::{Actor, KeyOf};
use http_api::Answer;
use kernel::{
    id::{PersonId, SubjectId},
    personal::{PersonName, Telephone},
    problem::Problem,
};
use sqlx::PgConnection;

use super::{
    Ground, Kind, RequestState,
    store::{self, RequestRow, StepRow},
};
use crate::Privacy;

/// How it is decided.
pub(super) enum Decision {
    /// Granted, perhaps with words.
    Granted(Option<String>),
    /// Refused: why by the law, and why in words.
    Refused(Ground, String),
}

/// Decides an open request whose row is locked, and does what is granted; answers the subjects that were erased, for
/// [`leads::Leads::outlast_backups`] after the commit.
///
/// # Errors
/// `no-contact-kept` where there is nothing to correct or erase; `vault-unreadable`; the database's.
pub(super) async fn decide(
    room: &Privacy,
    connection: &mut PgConnection,
    mut row: RequestRow,
    by: (Option<PersonId>, Option<String>),
    decision: Decision,
    now: DateTime<Utc>,
) -> Answer<Vec<SubjectId>> {
    let kind = row.kind.parse::<Kind>().map_err(|()| super::not_found())?;
    let actor = || by.0.map_or(Actor::Public, Actor::Person);
    let mut erased = Vec::new();
    row.decided_at = Some(now);
    row.decided_by = by.0.map(PersonId::uuid);
    let action = match decision {
        Decision::Refused(ground, reason) => {
            row.state = RequestState::Refused.code().to_owned();
            row.ground = Some(ground.code().to_owned());
            row.reason = Some(reason);
            "refused"
        }
        Decision::Granted(reason) => {
            row.state = RequestState::Granted.code().to_owned();
            row.reason = reason;
            // One order for everybody, so that two who change the same leads do not wait for each other.
            row.leads.sort_unstable();
            let keys = row.leads.iter().map(|id| KeyOf { region: row.region.clone(), id: (*id).into() });
            match kind {
                Kind::Copy => {}
                Kind::Erase => {
                    let reason = format!("本人请求（{}）", row.number);
                    for key in keys {
                        let role = by.1.clone();
                        erased.extend(room.leads().erase_reporter_of(connection, &key, (actor(), role), &reason, now).await?);
                    }
                    require(!erased.is_empty())?;
                }
                Kind::Correct => {
                    let (name, telephone) = wanted(room, connection, &row).await?;
                    let mut corrected = 0;
                    for key in keys {
                        let (by, wanted) = ((actor(), by.1.clone()), (name.as_ref(), telephone.as_ref()));
                        corrected += u32::from(room.leads().correct_reporter_of(connection, &key, by, wanted, now).await?);
                    }
                    require(corrected > 0)?;
                }
            }
            "granted"
        }
    };
    if let Some(subject) = row.wanted {
        room.vault().erase(connection, &row.region, subject.into(), now).await?;
        erased.push(subject.into());
    }
    store::decide(connection, &row).await?;
    let step = StepRow { at: now, actor: row.decided_by, action: action.to_owned(), note: row.reason.clone().unwrap_or_default() };
    store::step(connection, &row.region, row.id, &step).await?;
    Ok(erased)
}

fn require(done: bool) -> Result<(), Problem> {
    if done { Ok(()) } else { Err(Problem::conflict("no-contact-kept", "这些上报没有留下姓名或电话，或已经删除")) }
}

/// How name and telephone should read.
async fn wanted(room: &Privacy, connection: &mut PgConnection, row: &RequestRow) -> Answer<(Option<PersonName>, Option<Telephone>)> {
    let Some(subject) = row.wanted else { return Ok((None, None)) };
    let fields = room.vault().read(connection, &row.region, subject.into()).await??;
    let take = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    Ok((take("name").map(PersonName::parse).transpose()?, take("telephone").map(Telephone::parse).transpose()?))
}
