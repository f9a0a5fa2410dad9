//! How the measure over an item stands, as lists, pages and rules read it.

use chrono::{DateTime, TimeDelta, Utc};
use http_api::Answer;
use kernel::light::Light;
use serde::Serialize;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ItemRow, Measure};
use crate::{CaseProperty, HoldState, Property, Stand, State, movement::rules::Facts, stocktake};

/// Days before the end of a seizure from which the light is yellow. Provisional: the house's own.
const WARN_SEIZURE: i64 = 5;
/// The same of a registration, whose period is seven working days.
const WARN_REGISTRATION: i64 = 2;

/// How the measure over an item stands (措施).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PropertyHold {
    pub state: HoldState,
    pub label: &'static str,
    /// When the period of the case ends.
    pub due_at: Option<DateTime<Utc>>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    pub article: &'static str,
}

/// A measure of a case over one item, before it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hold {
    pub measure: Measure,
    pub state: HoldState,
    pub due_at: Option<DateTime<Utc>>,
    /// It goes on in another case.
    pub merged: bool,
}

impl Hold {
    /// The measure of a case that an item is held under.
    pub fn of(measure: Measure, case: &CaseProperty) -> Option<Self> {
        let held = match measure {
            Measure::Registration => case.registration,
            Measure::Seizure | Measure::Sealing => case.seizure,
            Measure::Towing | Measure::Confiscated => None,
        }?;
        Some(Self { measure, state: held.state, due_at: held.due_at, merged: case.merged })
    }

    /// The light: red as soon as it must be let go.
    pub fn light(&self, now: DateTime<Utc>) -> Option<Light> {
        match (self.state, self.due_at) {
            (HoldState::Expired, _) => Some(Light::Red),
            (HoldState::Standing, Some(due)) => {
                let days = if self.measure == Measure::Registration { WARN_REGISTRATION } else { WARN_SEIZURE };
                Some(Light::at(now, due - TimeDelta::days(days), due))
            }
            _ => None,
        }
    }

    pub fn shown(&self, now: DateTime<Utc>) -> PropertyHold {
        PropertyHold {
            state: self.state,
            label: if self.merged { "已并入他案，随主案" } else { self.state.label() },
            due_at: self.due_at,
            light: self.light(now),
            article: self.measure.article(),
        }
    }
}

/// The cases of these items as they stand.
pub(crate) async fn cases(room: &Property, connection: &mut PgConnection, rows: &[ItemRow]) -> Answer<Vec<CaseProperty>> {
    let mut ids: Vec<Uuid> = rows.iter().filter_map(|row| row.docket).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    room.cases().standing(connection, room.home_region(), &ids).await
}

/// The measure over an item among these cases.
pub(crate) fn hold_of(row: &ItemRow, cases: &[CaseProperty]) -> Option<Hold> {
    let case = cases.iter().find(|case| Some(case.key.id.uuid()) == row.docket)?;
    Hold::of(row.measure()?, case)
}

/// What a movement of this item is judged by; read under the lock of its case, if it has one.
pub(crate) async fn facts(room: &Property, connection: &mut PgConnection, row: &ItemRow) -> Answer<Facts> {
    let cases = cases(room, connection, std::slice::from_ref(row)).await?;
    let lost = stocktake::store::is_lost(connection, row.id).await?;
    Ok(facts_of(row, &cases, lost))
}

/// The same from what was read before.
pub(crate) fn facts_of(row: &ItemRow, cases: &[CaseProperty], lost: bool) -> Facts {
    let stand = Stand {
        // A state of a later program lets nothing happen here.
        state: row.state.parse().unwrap_or(State::Lost),
        place: row.place,
        lent_until: row.lent_until,
        moves: row.moves,
    };
    let measure = row.measure().unwrap_or(Measure::Seizure);
    let case = cases.iter().find(|case| Some(case.key.id.uuid()) == row.docket);
    Facts {
        stand,
        measure,
        held: hold_of(row, cases).map(|hold| hold.state),
        forfeits: case.is_some_and(|case| case.forfeits),
        contested: case.is_some_and(|case| case.contested),
        merged: case.is_some_and(|case| case.merged),
        perishable: row.perishable,
        lost,
    }
}
