//! What anybody may read without an account (公众查询): decisions that are public, masked as they were checked, and those that were taken
//! back, of which only the number and why.

pub(crate) mod export;
pub(crate) mod list;
pub(crate) mod show;
mod store;

use chrono::NaiveDate;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use self::store::PublicRow;
use crate::decision::{PublicationContent, PublicationState, WithdrawGround};

/// A decision as the public reads it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicDecision {
    id: Uuid,
    /// The number of the decision.
    number: String,
    /// The day it was published.
    published_on: NaiveDate,
    /// Until when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown_until: Option<NaiveDate>,
    /// What it says; absent once it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<PublicationContent>,
    /// It was taken back: the day, why by law, and the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn: Option<PublicWithdrawal>,
    simulated: bool,
}

/// That a decision was taken back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicWithdrawal {
    on: NaiveDate,
    ground: &'static str,
    reason: String,
}

impl PublicDecision {
    fn of(row: PublicRow) -> Self {
        let withdrawn = row.state == PublicationState::Withdrawn.code();
        let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&kernel::clock::shanghai()).date_naive();
        let ground: Option<WithdrawGround> = row.ground.as_deref().and_then(|code| code.parse().ok());
        Self {
            id: row.id,
            number: row.content.number.clone(),
            published_on: day(row.published_at),
            shown_until: row.max_until.filter(|_| !withdrawn),
            withdrawn: row.ended_at.filter(|_| withdrawn).map(|at| PublicWithdrawal {
                on: day(at),
                ground: ground.map_or("", WithdrawGround::label),
                reason: row.reason.unwrap_or_default(),
            }),
            content: (!withdrawn).then_some(row.content.0),
            simulated: row.simulated,
        }
    }
}

/// Characters of what is searched for.
const LONGEST: usize = 60;

/// What is searched for, trimmed; nothing for an empty one.
///
/// # Errors
/// `query-invalid` for one that is too long.
pub(crate) fn words(text: Option<&str>) -> Result<Option<String>, Problem> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST || text.contains('\0')) {
        return Err(Problem::invalid("query-invalid", format!("查询内容不能超过 {LONGEST} 字")).field("q", "过长"));
    }
    Ok(text.map(str::to_owned))
}
