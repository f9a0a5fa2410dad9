//! The wall (大屏): today's numbers, townships, the red list, what is new. What is not known is null, never a nought.

mod cache;
mod store;

use axum::extract::State as Shared;
use chrono::{DateTime, NaiveTime, TimeZone, Timelike, Utc};
use http_api::{Answer, Json};
use identity::{Allowed, Scope};
use kernel::clock::shanghai;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Leads,
    lead::State,
    list::{
        filter::{Filter, Sort, WantedLight},
        row::{self, LeadRow},
        search,
    },
    rights,
};

pub(crate) use cache::Cache;

/// Rows of the red list.
const MOST_RED: i64 = 20;
/// Rows of what is new.
const MOST_RECENT: i64 = 30;

/// Today's numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Today {
    /// Leads that came in today.
    reported: i64,
    /// Leads that were filed today.
    filed: i64,
    /// Leads that were closed today.
    closed: i64,
    /// Of those closed today whose disposal was timed, the share that was fixed in time; null when there is none.
    on_time_rate: Option<f64>,
    /// Open leads beyond their limit.
    red: i64,
    /// Open leads.
    open: i64,
}

/// A township's numbers.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Township {
    /// 9 digits; 6 for what has no place yet.
    code: String,
    name: String,
    open: i64,
    red: i64,
    closed_today: i64,
}

/// An hour of today in Shanghai.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Hour {
    /// 0 to 23.
    hour: i32,
    reported: i64,
    closed: i64,
}

/// The wall.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Wall {
    /// When this was true.
    now: DateTime<Utc>,
    today: Today,
    by_township: Vec<Township>,
    /// What is beyond its limit, the longest first.
    red: Vec<LeadRow>,
    /// The newest.
    recent: Vec<LeadRow>,
    /// The hours of today so far.
    hours: Vec<Hour>,
    /// Made by the city simulator, in whole or in part.
    simulated: bool,
}

/// Shows the wall within the caller's scope, at most a few seconds old.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/wall", tag = "wall", operation_id = "show_wall", responses((status = 200, body = Wall, description = "The wall")))]
pub(crate) async fn wall(Shared(leads): Shared<Leads>, allowed: Allowed<rights::Read>) -> Answer<Json<Wall>> {
    let scope = allowed.scope();
    let made = leads.wall_cache().get_or_make(&scope, make(&leads, &scope)).await?;
    Ok(Json(made.as_ref().clone()))
}

async fn make(leads: &Leads, scope: &Scope) -> Answer<Wall> {
    let pool = leads.database().pool();
    let now = leads.clock().now();
    let local = now.with_timezone(&shanghai());
    let day =
        shanghai().from_local_datetime(&local.date_naive().and_time(NaiveTime::MIN)).earliest().map_or(now, |day| day.with_timezone(&Utc));
    let asked = store::Asked { region: leads.home_region(), scope, day, now, first_id: first_id_of(day) };
    let reported = store::reported_by_hour(pool, &asked).await?;
    let closed = store::closed_by_hour(pool, &asked).await?;
    let (in_time, timed) = store::on_time(pool, &asked).await?;
    let filed = store::filed(pool, &asked).await?;
    let states: Vec<&str> = State::ALL.iter().filter(|state| state.is_open()).map(|state| state.code()).collect();
    let open = store::open_by_place(pool, &asked, &states).await?;
    let red = Filter { light: Some(WantedLight::Red), sort: Sort::Due, limit: Some(MOST_RED), ..Filter::default() };
    let recent = Filter { limit: Some(MOST_RECENT), ..Filter::default() };
    let (red, _) = search::rows(leads, scope, &red).await?;
    let (recent, _) = search::rows(leads, scope, &recent).await?;
    let (red, recent) = (row::show(leads, red).await?, row::show(leads, recent).await?);
    let hours = (0..=i32::try_from(local.hour()).unwrap_or(23)).map(|hour| Hour {
        hour,
        reported: reported.iter().filter(|row| row.hour == hour).map(|row| row.count).sum(),
        closed: closed.iter().filter(|row| row.hour == hour).map(|row| row.count).sum(),
    });
    Ok(Wall {
        now,
        today: Today {
            reported: reported.iter().map(|row| row.count).sum(),
            filed,
            closed: closed.iter().map(|row| row.count).sum(),
            #[expect(clippy::cast_precision_loss, reason = "a day has fewer leads than 2^52")]
            on_time_rate: (timed > 0).then(|| in_time as f64 / timed as f64),
            red: open.iter().map(|place| place.red).sum(),
            open: open.iter().map(|place| place.open).sum(),
        },
        by_township: townships(leads, &open, &closed),
        simulated: leads.demo() || red.iter().chain(&recent).any(|row| row.simulated),
        red,
        recent,
        hours: hours.collect(),
    })
}

/// Townships by code, what has no place at the end.
fn townships(leads: &Leads, open: &[store::Place], closed: &[store::Closed]) -> Vec<Township> {
    let mut codes: Vec<&str> = open.iter().map(|place| place.code.as_str()).chain(closed.iter().map(|row| row.code.as_str())).collect();
    codes.sort_unstable_by_key(|code| (code.len() < 9, *code));
    codes.dedup();
    let townships = codes.into_iter().map(|code| {
        let here = open.iter().find(|place| place.code == code);
        Township {
            name: if code.len() < 9 { "未定位".to_owned() } else { leads.region_name(code).unwrap_or_else(|| code.to_owned()) },
            open: here.map_or(0, |place| place.open),
            red: here.map_or(0, |place| place.red),
            closed_today: closed.iter().filter(|row| row.code == code).map(|row| row.count).sum(),
            code: code.to_owned(),
        }
    });
    townships.collect()
}

/// No id made at or after `at` is smaller: ids begin with their time, so today's leads are one range of their index.
fn first_id_of(at: DateTime<Utc>) -> Uuid {
    Uuid::from_u128(u128::from(u64::try_from(at.timestamp_millis()).unwrap_or(0)) << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_a_day_begin_with_its_first() {
        let midnight = Utc.with_ymd_and_hms(2026, 11, 1, 16, 0, 0).unwrap();
        let first = first_id_of(midnight);
        assert!(kernel::id::uuid_at(midnight) >= first);
        assert!(kernel::id::uuid_at(midnight - chrono::Duration::milliseconds(1)) < first);
    }
}
