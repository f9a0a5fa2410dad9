//! `GET /api/v1/centre/sessions`: the calendar of a day or a week.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use http_api::{Answer, Json, Query};
use identity::{Allowed, Scope};
use kernel::clock::shanghai;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{SessionState, store, view::CentreSession};
use crate::{Centre, rights, words::wrong};

/// Sessions of one answer at most: more than the rooms of a county hold in six weeks.
const MOST: i64 = 1_000;
/// Days of one answer at most.
const DAYS: i64 = 42;

/// Which sessions.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CentreSessionFilter {
    /// The first day, in the city; today where it is missing.
    from: Option<NaiveDate>,
    /// The last day; the first where it is missing.
    until: Option<NaiveDate>,
    room: Option<Uuid>,
    /// `booked`, `arrived`, `running`, `resting`, `ended`, `no_show`, `cancelled`.
    state: Option<String>,
    /// A part of the case's number.
    q: Option<String>,
}

/// Sessions, the earliest first (场次).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CentreSessions {
    items: Vec<CentreSession>,
    /// There are more than are shown.
    truncated: bool,
}

/// The instant that a day begins at in the city.
pub(crate) fn begins(day: NaiveDate) -> DateTime<Utc> {
    let at = day.and_time(NaiveTime::MIN);
    shanghai().from_local_datetime(&at).single().map_or_else(|| at.and_utc(), |at| at.with_timezone(&Utc))
}

/// Sessions with their names.
pub(crate) async fn sessions(centre: &Centre, scope: &Scope, wanted: &store::Wanted) -> Answer<Vec<CentreSession>> {
    let mut connection = centre.database().pool().acquire().await?;
    let rows = store::list(&mut connection, scope, centre.home_region(), wanted).await?;
    drop(connection);
    let names = centre.names(rows.iter().flat_map(CentreSession::people)).await?;
    let now = centre.now();
    Ok(rows.into_iter().filter_map(|row| CentreSession::of(row, &names, now)).collect())
}

/// Lists sessions on the caller's ground.
///
/// # Errors
/// `field-invalid` for a state that there is not, or more than six weeks.
#[utoipa::path(get, path = "/api/v1/centre/sessions", tag = "centre", operation_id = "list_centre_sessions", params(CentreSessionFilter),
    responses((status = 200, body = CentreSessions, description = "The sessions")))]
pub(crate) async fn list(
    State(centre): State<Centre>,
    allowed: Allowed<rights::SeeCentre>,
    Query(filter): Query<CentreSessionFilter>,
) -> Answer<Json<CentreSessions>> {
    let from = filter.from.unwrap_or_else(|| centre.today());
    let until = filter.until.unwrap_or(from);
    if !(0..=DAYS).contains(&(until - from).num_days()) {
        return Err(wrong("until", format!("一次最多查 {DAYS} 天")).into());
    }
    let state = filter.state.filter(|it| !it.is_empty());
    if state.as_ref().is_some_and(|it| it.parse::<SessionState>().is_err()) {
        return Err(wrong("state", "没有这种状态").into());
    }
    let wanted = store::Wanted {
        from: Some(begins(from)),
        until: Some(begins(until + TimeDelta::days(1))),
        room: filter.room,
        state,
        words: filter.q.map(|q| q.trim().chars().take(60).collect::<String>()).filter(|q| !q.is_empty()),
        most: MOST + 1,
        ..store::Wanted::default()
    };
    let mut items = sessions(&centre, &allowed.scope(), &wanted).await?;
    let truncated = i64::try_from(items.len()).is_ok_and(|count| count > MOST);
    items.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(Json(CentreSessions { items, truncated }))
}
