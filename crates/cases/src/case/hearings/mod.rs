//! The calendar of hearings (听证日历): which hearing is when, and what became of it.

mod store;

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use law::procedure::Hearing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::view::CasePerson;
use crate::{Cases, rights};

/// A calendar covers at most so many days.
const MOST_DAYS: i64 = 100;
/// Days that are shown where nobody says which.
const MONTH: i64 = 31;
/// Hearings of one calendar at most; a district holds a handful a month.
const MOST: i64 = 500;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HearingDays {
    /// From this time on; from now where left out.
    from: Option<DateTime<Utc>>,
    /// Before this time, at most 100 days later; 31 days later where left out.
    to: Option<DateTime<Utc>>,
}

/// A hearing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HearingRow {
    /// The case.
    case: Uuid,
    number: String,
    title: String,
    at: DateTime<Utc>,
    /// Called, held, or given up.
    stage: &'static str,
    stage_label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    officer: Option<CasePerson>,
    simulated: bool,
}

/// The hearings of some days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hearings {
    items: Vec<HearingRow>,
    /// There are more than are shown.
    more: bool,
}

/// Lists hearings by day.
///
/// # Errors
/// `days-invalid`.
#[utoipa::path(get, path = "/api/v1/case-hearings", tag = "cases", operation_id = "list_hearings", params(HearingDays),
    responses((status = 200, body = Hearings, description = "By time")))]
pub(crate) async fn hearings(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(days): Query<HearingDays>,
) -> Answer<Json<Hearings>> {
    let from = days.from.unwrap_or_else(|| room.clock().now());
    let to = days.to.or_else(|| from.checked_add_signed(TimeDelta::days(MONTH))).unwrap_or(from);
    if to <= from || to - from > TimeDelta::days(MOST_DAYS) {
        return Err(Problem::invalid("days-invalid", "请选择不超过 100 天的时间段").field("to", "应晚于开始，且不超过 100 天").into());
    }
    let mut rows = store::between(room.database().pool(), &allowed.scope(), from, to, MOST + 1).await?;
    let more = rows.len() as i64 > MOST;
    rows.truncate(usize::try_from(MOST).unwrap_or_default());
    let people: Vec<Uuid> = rows.iter().filter_map(|row| row.officer).collect();
    let names = room.identity().names_of(&people).await?;
    let items = rows.into_iter().map(|row| {
        let (stage, stage_label) = match row.facts.hearing {
            _ if row.held => ("held", "已举行"),
            Hearing::Held => ("held", "已举行"),
            Hearing::Called | Hearing::Requested => ("called", "待举行"),
            Hearing::Untold | Hearing::Open | Hearing::Lapsed | Hearing::Waived => ("given-up", "未举行"),
        };
        HearingRow {
            case: row.id,
            number: row.number,
            title: row.title,
            at: row.hearing_at,
            stage,
            stage_label,
            officer: row.officer.map(|id| CasePerson { id, name: names.get(&id).cloned().unwrap_or_default() }),
            simulated: row.simulated,
        }
    });
    Ok(Json(Hearings { items: items.collect(), more }))
}
