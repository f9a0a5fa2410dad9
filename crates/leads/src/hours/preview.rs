//! See how a week would count before it is entered (工作时间预览).

use std::sync::Arc;

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json};
use identity::Allowed;
use kernel::{
    deadline::service::{ServiceLimit, ServiceUnit, due},
    hours::UnitHours,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::save::{UnitWeek, read_from, read_week};
use crate::{Leads, rights};

/// A fortnight shows a week, and what comes after it.
const DAYS: usize = 14;

/// The limits that the preview shows.
const EXAMPLES: [(f64, ServiceUnit); 3] = [(4.0, ServiceUnit::WorkingHour), (1.0, ServiceUnit::WorkingDay), (5.0, ServiceUnit::WorkingDay)];

/// A week to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitHoursDraft {
    /// The day from which it would count.
    from: NaiveDate,
    /// The week; without one the house's.
    week: Option<UnitWeek>,
}

/// A day of the preview.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHoursDay {
    /// The date.
    date: NaiveDate,
    /// What it is, in Chinese.
    label: String,
    /// The hours that would count.
    hours: Vec<String>,
    /// The hours of the house.
    house: Vec<String>,
}

/// A limit that would begin at the first hour of the day from which the week counts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHoursExample {
    /// The limit, in Chinese.
    limit: String,
    /// When it would begin: at 09:00 of the first day.
    started_at: DateTime<Utc>,
    /// When it would run out.
    due_at: DateTime<Utc>,
    /// When it would by the house's hours.
    house_due_at: DateTime<Utc>,
}

/// How a week would count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitHoursPreview {
    /// The calendar of working days, by its version.
    calendar: String,
    /// Fourteen days.
    days: Vec<UnitHoursDay>,
    /// What limits would become.
    examples: Vec<UnitHoursExample>,
}

/// Shows how a week would count; nothing is kept.
///
/// # Errors
/// `unit-hours-invalid` with the faulty field.
#[utoipa::path(post, path = "/api/v1/unit-hours/preview", tag = "settings", operation_id = "preview_unit_hours", request_body = UnitHoursDraft,
    responses((status = 200, body = UnitHoursPreview, description = "The preview")))]
pub(crate) async fn preview(
    State(leads): State<Leads>,
    _allowed: Allowed<rights::Configure>,
    Json(draft): Json<UnitHoursDraft>,
) -> Answer<Json<UnitHoursPreview>> {
    read_from(&leads, draft.from)?;
    let week = read_week(draft.week.as_ref())?;
    let house = leads.house_calendar();
    let unit = house.of_unit(Arc::new(UnitHours::new(String::new(), vec![(draft.from, week)])));
    let day = |date: NaiveDate| UnitHoursDay {
        date,
        label: house.day(date).label(),
        hours: unit.written_hours(date),
        house: house.written_hours(date),
    };
    let days = draft.from.iter_days().take(DAYS).map(day).collect();
    let nine = draft.from.and_hms_opt(1, 0, 0).map(|nine| nine.and_utc()).unwrap_or_default();
    let examples = EXAMPLES.iter().filter_map(|(value, of)| ServiceLimit::new(*value, *of).ok()).map(|limit| UnitHoursExample {
        limit: limit.label(),
        started_at: nine,
        due_at: due(&unit, nine, limit),
        house_due_at: due(&house, nine, limit),
    });
    Ok(Json(UnitHoursPreview { calendar: house.version().to_owned(), days, examples: examples.collect() }))
}
