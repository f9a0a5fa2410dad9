//! Volumes and loans as the desk sees them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use http_api::Answer;
use identity::Scope;
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LoanForm, LoanState, VolumeState, loans, store};
use crate::{
    Centre,
    service::{CentrePerson, Names},
};

/// So many days before the end the light turns yellow.
const WARN: u64 = 2;

/// The file of an archived case (档案).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreVolume {
    pub id: Uuid,
    /// What its label says.
    pub code: String,
    pub case_id: Uuid,
    pub case_number: String,
    /// The room.
    pub store: String,
    pub rack: String,
    #[serde(rename = "box")]
    pub container: String,
    pub volumes: i32,
    pub pages: Option<i32>,
    /// For ever where it is missing.
    pub keep_until: Option<NaiveDate>,
    /// Its time is over.
    pub past: bool,
    pub state: VolumeState,
    pub state_label: &'static str,
    pub borrower: Option<CentrePerson>,
    pub due_on: Option<NaiveDate>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    pub shelved_at: DateTime<Utc>,
    pub simulated: bool,
}

/// A loan (借阅).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreLoan {
    pub id: Uuid,
    pub volume: Uuid,
    pub code: String,
    pub case_id: Uuid,
    pub case_number: String,
    pub form: LoanForm,
    pub form_label: &'static str,
    pub state: LoanState,
    pub state_label: &'static str,
    pub reason: String,
    pub days: i32,
    pub asked_by: CentrePerson,
    pub asked_at: DateTime<Utc>,
    pub decided_by: Option<CentrePerson>,
    pub decision: Option<String>,
    pub handed_by: Option<CentrePerson>,
    pub handed_at: Option<DateTime<Utc>>,
    pub due_on: Option<NaiveDate>,
    #[schema(value_type = Option<String>)]
    pub light: Option<Light>,
    pub renewals: i32,
    pub returned_at: Option<DateTime<Utc>>,
    pub condition: Option<String>,
    /// How often the electronic file was looked into.
    pub inspections: i64,
    /// The caller asked for it.
    pub mine: bool,
}

/// The light of a day by which something is to be back: the day itself is in time.
pub(crate) fn light(due: NaiveDate, today: NaiveDate) -> Light {
    if today > due {
        Light::Red
    } else if today + Days::new(WARN) >= due {
        Light::Yellow
    } else {
        Light::Green
    }
}

fn volume(row: store::Listed, names: &Names, today: NaiveDate) -> Option<CentreVolume> {
    let it = row.volume;
    let state: VolumeState = it.state.parse().ok()?;
    Some(CentreVolume {
        id: it.id,
        code: it.code,
        case_id: it.docket,
        case_number: it.case_number,
        store: it.store,
        rack: it.rack,
        container: it.container,
        volumes: it.volumes,
        pages: it.pages,
        past: it.keep_until.is_some_and(|day| day < today),
        keep_until: it.keep_until,
        state,
        state_label: state.label(),
        borrower: row.borrower.map(|person| names.person(person)),
        due_on: row.due_on,
        light: row.due_on.map(|due| light(due, today)),
        shelved_at: it.shelved_at,
        simulated: it.simulated,
    })
}

/// Volumes with who has them.
pub(crate) async fn volumes(centre: &Centre, scope: &Scope, wanted: &store::Wanted) -> Answer<Vec<CentreVolume>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, scope, centre.home_region(), wanted).await?;
    drop(connection);
    let names = centre.names(rows.iter().filter_map(|row| row.borrower)).await?;
    let today = centre.today();
    Ok(rows.into_iter().filter_map(|row| volume(row, &names, today)).collect())
}

fn loan(row: loans::Listed, names: &Names, today: NaiveDate, me: Uuid) -> Option<CentreLoan> {
    let it = row.loan;
    let (form, state): (LoanForm, LoanState) = (it.form.parse().ok()?, it.state.parse().ok()?);
    let runs = state == LoanState::Lent;
    Some(CentreLoan {
        id: it.id,
        volume: it.volume,
        code: row.code,
        case_id: row.docket,
        case_number: row.case_number,
        form,
        form_label: form.label(),
        state,
        state_label: state.label(),
        reason: it.reason,
        days: it.days,
        mine: it.asked_by == me,
        asked_by: names.person(it.asked_by),
        asked_at: it.asked_at,
        decided_by: it.decided_by.map(|person| names.person(person)),
        decision: it.decision,
        handed_by: it.handed_by.map(|person| names.person(person)),
        handed_at: it.handed_at,
        light: it.due_on.filter(|_| runs).map(|due| light(due, today)),
        due_on: it.due_on,
        renewals: it.renewals,
        returned_at: it.returned_at,
        condition: it.condition,
        inspections: row.inspections,
    })
}

/// Loans with their volumes and names.
pub(crate) async fn all(centre: &Centre, scope: &Scope, wanted: &loans::Wanted, me: Uuid) -> Answer<Vec<CentreLoan>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = loans::list(&mut connection, scope, centre.home_region(), wanted).await?;
    drop(connection);
    let people = rows.iter().flat_map(|row| [Some(row.loan.asked_by), row.loan.decided_by, row.loan.handed_by].into_iter().flatten());
    let names = centre.names(people).await?;
    let today = centre.today();
    Ok(rows.into_iter().filter_map(|row| loan(row, &names, today, me)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_in_time_and_the_day_after_is_late() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let due = day("2026-11-20");
        assert_eq!(light(due, day("2026-11-17")), Light::Green);
        assert_eq!(light(due, day("2026-11-18")), Light::Yellow);
        assert_eq!(light(due, day("2026-11-20")), Light::Yellow);
        assert_eq!(light(due, day("2026-11-21")), Light::Red);
    }
}
