//! List units' working hours and enter a version (单位工作时间).

use axum::{extract::State, http::StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{clock::shanghai, hours::Week, problem::Problem};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::store::{self, New, Version};
use crate::{
    Leads,
    act::required,
    rights,
    settings::{require_ground, touches_home, trace},
};

/// A version may be entered so many days ahead.
const LONGEST_AHEAD_DAYS: i64 = 400;

/// A unit's week.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitWeek {
    /// Seven lists of spans `HH:MM-HH:MM`, Monday first; an empty one is a free day.
    pub days: Vec<Vec<String>>,
    /// Public holidays are worked like any day.
    pub through_holidays: bool,
}

/// A version of a unit's working hours.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHoursVersion {
    /// Counted over all units.
    number: i64,
    /// Whose.
    unit: Uuid,
    /// The day from which it counts; of two from one day the later number does.
    from: NaiveDate,
    /// The week; without one the unit works as the house does.
    #[serde(skip_serializing_if = "Option::is_none")]
    week: Option<UnitWeek>,
    /// Why.
    reason: String,
    /// Who entered it.
    made_by: Uuid,
    /// When.
    made_at: DateTime<Utc>,
    /// When the unit's running limits had been counted again; not yet without.
    #[serde(skip_serializing_if = "Option::is_none")]
    recounted_at: Option<DateTime<Utc>>,
    /// How many leads got another due time by it.
    moved: i64,
}

/// The versions of all units, the last entered first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHoursVersions {
    items: Vec<UnitHoursVersion>,
}

/// A version to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUnitHours {
    /// Whose.
    unit: Uuid,
    /// The day from which it counts, today or later.
    from: NaiveDate,
    /// The week; without one the house's hours count again.
    week: Option<UnitWeek>,
    /// Why: an order, a season.
    reason: String,
}

fn shown(version: Version) -> UnitHoursVersion {
    UnitHoursVersion {
        number: version.number,
        unit: version.unit_id,
        from: version.from_day,
        week: version.week.map(|days| UnitWeek { days: days.0, through_holidays: version.through_holidays }),
        reason: version.reason,
        made_by: version.made_by,
        made_at: version.made_at,
        recounted_at: version.recounted_at,
        moved: version.moved,
    }
}

/// A week as the history keeps it.
fn traced(from: Option<NaiveDate>, week: Option<&Week>, reason: Option<&str>) -> Value {
    json!({
        "from_day": from, "week": week.map(|week| week.written().iter().map(|day| day.join("、")).collect::<Vec<_>>()),
        "through_holidays": week.map(Week::through_holidays), "reason": reason,
    })
}

pub(super) fn read_week(week: Option<&UnitWeek>) -> Result<Option<Week>, Problem> {
    let invalid = |detail: String| Problem::invalid("unit-hours-invalid", detail.clone()).field("week", detail);
    week.map(|week| Week::read(&week.days, week.through_holidays).map_err(|error| invalid(error.to_string()))).transpose()
}

/// The day from which a version may count: a day that is over was counted, and stays.
pub(super) fn read_from(leads: &Leads, from: NaiveDate) -> Result<(), Problem> {
    let today = leads.clock().now().with_timezone(&shanghai()).date_naive();
    if (0..=LONGEST_AHEAD_DAYS).contains(&(from - today).num_days()) {
        return Ok(());
    }
    let detail = format!("生效日应为今天（{today}）至其后 {LONGEST_AHEAD_DAYS} 天之间：已经过去的日子不改");
    Err(Problem::invalid("unit-hours-invalid", detail.clone()).field("from", detail))
}

/// Lists the versions of units' working hours. Units without one work as the house does.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/unit-hours", tag = "settings", operation_id = "list_unit_hours",
    responses((status = 200, body = UnitHoursVersions, description = "The versions")))]
pub(crate) async fn list(State(leads): State<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<UnitHoursVersions>> {
    if !touches_home(&leads, &allowed.scope()) {
        return Ok(Json(UnitHoursVersions { items: Vec::new() }));
    }
    let versions = store::all(leads.database().pool(), leads.home_region()).await?;
    Ok(Json(UnitHoursVersions { items: versions.into_iter().rev().map(shown).collect() }))
}

/// Enters a version of a unit's working hours. What runs at the unit is counted again within seconds; nothing becomes due earlier than it was
/// told.
///
/// # Errors
/// `unit-hours-invalid` with the faulty field, `unit-hours-too-many`, `scope-exceeded`.
#[utoipa::path(post, path = "/api/v1/unit-hours", tag = "settings", operation_id = "enter_unit_hours", request_body = NewUnitHours,
    responses((status = 201, body = UnitHoursVersions, description = "The versions")))]
pub(crate) async fn add(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Configure>,
    Json(wanted): Json<NewUnitHours>,
) -> Answer<(StatusCode, Json<UnitHoursVersions>)> {
    let region = leads.home_region();
    require_ground(&allowed.scope(), region)?;
    let tree = leads.identity().organisations().await?;
    if !tree.get(wanted.unit).is_some_and(|unit| unit.active) {
        let detail = "没有这个单位，或它已停用";
        return Err(Problem::invalid("unit-hours-invalid", detail).field("unit", detail).into());
    }
    let week = read_week(wanted.week.as_ref())?;
    read_from(&leads, wanted.from)?;
    let reason = required("reason", "理由", &wanted.reason)?;
    let mut transaction = leads.database().pool().begin().await?;
    store::lock(&mut transaction).await?;
    let before = store::all(&mut *transaction, region).await?;
    if before.len() >= usize::try_from(store::MOST).unwrap_or(usize::MAX) {
        return Err(Problem::conflict("unit-hours-too-many", format!("工作时间最多登记 {} 次", store::MOST)).into());
    }
    // What counted on that day until now.
    let own = before.iter().filter(|version| version.unit_id == wanted.unit && version.from_day <= wanted.from);
    let old = own.max_by_key(|version| (version.from_day, version.number));
    let sides = (
        traced(old.map(|old| old.from_day), old.and_then(Version::week).as_ref(), None),
        traced(Some(wanted.from), week.as_ref(), Some(&reason)),
    );
    let new = New {
        unit: wanted.unit,
        from_day: wanted.from,
        week: week.as_ref().map(Week::written),
        through_holidays: week.as_ref().is_some_and(Week::through_holidays),
        reason: &reason,
        made_by: allowed.caller.person.uuid(),
    };
    store::insert(&mut transaction, region, leads.clock().now(), new).await?;
    trace::leave(&leads, &mut transaction, &allowed.caller, "unit-hours-entered", &wanted.unit.to_string(), sides).await?;
    let versions = store::all(&mut *transaction, region).await?;
    transaction.commit().await?;
    leads.settings_cache().forget();
    Ok((StatusCode::CREATED, Json(UnitHoursVersions { items: versions.into_iter().rev().map(shown).collect() })))
}
