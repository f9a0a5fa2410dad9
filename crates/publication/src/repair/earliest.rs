//! From when, and with what, credit can be repaired (修复条件): pure, from how the case and its publication stand.

use chrono::NaiveDate;
use http_api::Answer;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    DecisionStanding, Publications,
    decision::{PublicationState, store, store::PublicationRow},
};

/// What stands against a repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RepairMissing {
    /// What is missing, in words.
    pub what: String,
    /// The earliest day it may be there, where a day is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
}

/// From when, and with what, credit can be repaired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RepairEarliest)]
pub struct Earliest {
    /// The shortest period of showing ends on this day.
    pub from: NaiveDate,
    /// Without a repair it ends after this day.
    pub ends_by_itself: NaiveDate,
    /// A request can be made now.
    pub ready: bool,
    /// What is missing today; a promise (信用承诺书) always belongs to the request.
    pub missing: Vec<RepairMissing>,
}

/// The conditions on a day; nothing where nothing is public.
pub(crate) fn on(standing: &DecisionStanding, row: &PublicationRow, today: NaiveDate) -> Option<Earliest> {
    let (from, ends) = row.min_until.zip(row.max_until).filter(|_| row.state() == PublicationState::Published)?;
    let mut missing = Vec::new();
    let mut say = |lacks: bool, what: &str, from: Option<NaiveDate>| {
        if lacks {
            missing.push(RepairMissing { what: what.to_owned(), from });
        }
    };
    say(!standing.performed, "罚款尚未缴清，或者处罚决定的义务尚未履行完毕", None);
    say(today < from, "最短公示期未满", Some(from));
    say(standing.again, "作出决定以后又因新的违法行为被处罚", None);
    say(standing.revoked_at.is_some(), "决定已被撤销，由机关撤回公开，不须申请修复", None);
    Some(Earliest { from, ends_by_itself: ends, ready: missing.is_empty(), missing })
}

/// The conditions today.
pub(crate) fn of(room: &Publications, standing: &DecisionStanding, row: &PublicationRow) -> Option<Earliest> {
    on(standing, row, room.today())
}

impl Publications {
    /// From when, and with what, the credit of a case's party can be repaired; nothing where nothing is public. For the party's own page: who
    /// may ask, its room decides.
    ///
    /// # Errors
    /// The database's.
    pub async fn earliest_repair(&self, case: Uuid) -> Answer<Option<Earliest>> {
        let mut connection = self.database().pool().acquire().await?;
        let key = docket::KeyOf { region: self.home_region().to_owned(), id: case.into() };
        let Some(standing) = self.decisions().standing(&mut connection, &key).await? else { return Ok(None) };
        let rows = store::of_case(&mut connection, &key).await?;
        Ok(rows.first().and_then(|row| of(self, &standing, row)))
    }
}
