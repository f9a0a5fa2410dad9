//! What a case holds of others' property (先行登记保存、查封扣押), as the room that keeps the things sees it.

mod store;

use chrono::{DateTime, Utc};
use docket::KeyOf;
use http_api::Answer;
use identity::{Caller, Scope};
use law::procedure::{Case, Clock, Registration, Remedy, Seizure, State};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{not_found, penalty::PenaltyKind};
use crate::{Cases, rights};

/// How a measure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldState {
    /// Within its period.
    Standing,
    /// Beyond its period: what is held must be let go at once (行政处罚法第五十六条、行政强制法第二十八条).
    Expired,
    /// Lifted or dealt with.
    Settled,
}

/// A measure over property (强制措施、登记保存).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How it stands.
    pub state: HeldState,
    /// When its period ends, by the calendar in force; nothing once it is settled.
    pub due_at: Option<DateTime<Utc>>,
}

/// A case as far as property is concerned (案件财物措施).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHolding {
    /// Its docket.
    pub key: KeyOf,
    /// Its number.
    pub number: String,
    /// The region that it lies in.
    pub jurisdiction: String,
    /// The ordinals of its parties.
    pub parties: Vec<i16>,
    /// The officers who handle it.
    pub officers: Vec<Uuid>,
    /// It is in the archive, or part of another case.
    pub is_over: bool,
    /// 先行登记保存, if there ever was.
    pub registration: Option<Held>,
    /// 查封、扣押, if there ever was.
    pub seizure: Option<Held>,
    /// A decision that was served and stands confiscates.
    pub forfeits: bool,
    /// A review or a suit against the decision runs: what is disposed of now does not come back.
    pub contested: bool,
    /// Merged into another case (并案): both measures read as settled here, and go on there.
    pub merged: bool,
}

/// How the two measures of a case stand, without their periods.
fn states(case: &Case) -> (Option<HeldState>, Option<HeldState>) {
    let registration = match case.registration {
        Registration::Free => None,
        Registration::Held => Some(HeldState::Standing),
        Registration::Expired => Some(HeldState::Expired),
        Registration::Settled => Some(HeldState::Settled),
    };
    let seizure = match case.seizure {
        Seizure::Free => None,
        Seizure::Urgent | Seizure::Held | Seizure::Extended => Some(HeldState::Standing),
        Seizure::Expired => Some(HeldState::Expired),
        Seizure::Settled => Some(HeldState::Settled),
    };
    (registration, seizure)
}

/// Whether the decision reached the party: what follows service, and what a case becomes afterwards.
const fn is_served(case: &Case) -> bool {
    case.state.is_after_service() || matches!(case.state, State::Terminated | State::Closed | State::Archived)
}

impl Cases {
    /// How the property of these cases stands, read over the caller's connection; cases that are not there are left out.
    ///
    /// # Errors
    /// The database's.
    pub async fn holdings(&self, connection: &mut PgConnection, region: &str, cases: &[Uuid]) -> Answer<Vec<CaseHolding>> {
        let rows = store::rows(&mut *connection, region, cases).await?;
        let clocks = store::clocks(&mut *connection, region, cases).await?;
        let parties = store::parties(&mut *connection, region, cases).await?;
        let officers = store::officers(&mut *connection, region, cases).await?;
        let due = |case: Uuid, clock: Clock| {
            let rows = clocks.iter().filter(|row| row.case_id == case && row.clock.clock == clock.code());
            let last = rows.max_by_key(|row| (row.clock.ended_at.is_none(), row.clock.due_at))?;
            last.clock.deadline(self.calendar()).map(|(_, _, deadline)| deadline.due_at.with_timezone(&Utc))
        };
        let holdings = rows.into_iter().map(|row| {
            // What is settled already when nothing was ever taken: 移交、撤案 settle both measures at once.
            let ever = |clock: Clock| clocks.iter().any(|it| it.case_id == row.id && it.clock.clock == clock.code());
            let held = |state: Option<HeldState>, clock: Clock| {
                let state = state.filter(|_| ever(clock))?;
                Some(Held { state, due_at: due(row.id, clock).filter(|_| state != HeldState::Settled) })
            };
            let (registration, seizure) = states(&row.facts);
            let confiscates = row.plan.as_ref().is_some_and(|plan| plan.kinds.contains(&PenaltyKind::Confiscation));
            CaseHolding {
                registration: held(registration, Clock::Registration),
                seizure: held(seizure, Clock::Seizure),
                forfeits: row.decided_at.is_some() && confiscates && is_served(&row.facts) && row.facts.remedy != Remedy::Revoked,
                contested: matches!(row.facts.remedy, Remedy::Review | Remedy::Suit),
                merged: row.facts.state == State::Merged,
                is_over: row.facts.state.is_final(),
                parties: parties.iter().filter(|(case, _)| *case == row.id).map(|(_, ordinal)| *ordinal).collect(),
                officers: officers.iter().filter(|(case, _)| *case == row.id).map(|(_, person)| *person).collect(),
                key: KeyOf { region: region.to_owned(), id: row.id.into() },
                number: row.number,
                jurisdiction: row.jurisdiction,
            }
        });
        Ok(holdings.collect())
    }

    /// The cases on a scope's ground that hold property now, whether within the period or beyond it; at most `most`.
    ///
    /// # Errors
    /// The database's.
    pub async fn holding_now(&self, connection: &mut PgConnection, scope: &Scope, most: i64) -> Answer<Vec<CaseHolding>> {
        let cases = store::holding(&mut *connection, self.home_region(), scope, most).await?;
        self.holdings(connection, self.home_region(), &cases).await
    }

    /// How the property of one case stands, for a caller who may see the case.
    ///
    /// # Errors
    /// `forbidden`, `case-not-found`; the database's.
    pub async fn holding(&self, caller: &Caller, id: Uuid) -> Answer<CaseHolding> {
        let scope = identity::Allowed::<rights::SeeCases>::check(caller.clone())?.scope();
        let mut connection = self.database().pool().acquire().await?;
        let header = super::store::header(&mut *connection, id).await?;
        let header = header.filter(|header| crate::scope::covers(&scope, header)).ok_or_else(not_found)?;
        let found = self.holdings(&mut connection, &header.region, &[id]).await?.pop();
        Ok(found.ok_or_else(not_found)?)
    }
}

#[cfg(test)]
mod tests {
    use law::procedure::Track;

    use super::*;

    #[test]
    fn a_decision_forfeits_from_its_service_on() {
        let of = |state| Case { state, ..Case::opened(Track::Ordinary) };
        for state in [State::Decided, State::Withdrawn, State::Merged, State::NoPenalty, State::Discussed] {
            assert!(!is_served(&of(state)), "{state:?}");
        }
        for state in [State::Served, State::Performing, State::Paid, State::Closed, State::Archived] {
            assert!(is_served(&of(state)), "{state:?}");
        }
    }
}
