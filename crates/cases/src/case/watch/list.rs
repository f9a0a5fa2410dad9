//! The figures of fines, a matter and unit at a time, and the cases behind each.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    alarm, percent,
    settings::DiscretionWatchLimits,
    store::{self, Wanted},
    stretch,
};
use crate::{Cases, rights};

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// The first day of decision.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskBehind {
    /// The first day of decision.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// The matter.
    matter: String,
    /// The unit; those without one where left out.
    unit: Option<Uuid>,
    /// Only those at the maximum.
    #[serde(default)]
    maximum: bool,
    /// Only those of this fine, in fen.
    fine_fen: Option<i64>,
}

/// The fines of a matter in a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiscretionFigure {
    matter_code: String,
    matter_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Uuid>,
    unit_name: String,
    /// Decided with a fine.
    cases: i64,
    /// Of these at the statute's maximum.
    maximum: i64,
    maximum_percent: i64,
    /// The most frequent fine, in fen, how many have it, and to how many different sums of points their factors came.
    mode_fen: i64,
    same: i64,
    same_percent: i64,
    kinds: i64,
    /// How many were weighed by a benchmark.
    weighed: i64,
    /// Told of for fines at the maximum.
    maximum_alarm: bool,
    /// Told of for the same fine over unlike cases.
    uniform_alarm: bool,
}

/// The figures of a stretch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DiscretionFigures {
    items: Vec<DiscretionFigure>,
    limits: DiscretionWatchLimits,
    /// The limits are the program's own: the district chose none yet.
    provisional: bool,
}

/// A case behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FinedCase {
    id: Uuid,
    number: String,
    title: String,
    decided_at: DateTime<Utc>,
    fine_fen: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    most_fen: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i32>,
}

/// Cases behind a figure, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FinedCases {
    items: Vec<FinedCase>,
}

/// Tells the fines of a stretch by matter and unit, within the reader's ground; at most five hundred rows, those with most cases first.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/discretion-figures", tag = "cases", operation_id = "list_discretion_figures", params(Ask),
    responses((status = 200, body = DiscretionFigures)))]
pub(crate) async fn figures(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(ask): Query<Ask>,
) -> Answer<Json<DiscretionFigures>> {
    let (from, to) = stretch(ask.from, ask.to)?;
    let (limits, provisional) = room.watch_limits().await?;
    let rows = store::figures(room.database().pool(), &Wanted { scope: &allowed.scope(), from, to }).await?;
    let tree = room.identity().organisations().await?;
    let items = rows.into_iter().map(|row| {
        let alarm = alarm(&row, &limits);
        DiscretionFigure {
            unit_name: row.unit.map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
            maximum_percent: percent(row.maximum, row.cases),
            same_percent: percent(row.same, row.cases),
            maximum_alarm: alarm.maximum,
            uniform_alarm: alarm.uniform,
            matter_code: row.matter_code,
            matter_name: row.matter_name,
            unit: row.unit,
            cases: row.cases,
            maximum: row.maximum,
            mode_fen: row.mode_fen,
            same: row.same,
            kinds: row.kinds,
            weighed: row.weighed,
        }
    });
    Ok(Json(DiscretionFigures { items: items.collect(), limits, provisional }))
}

/// Lists the cases behind a figure, at most five hundred.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/discretion-figures/cases", tag = "cases", operation_id = "list_fined_cases", params(AskBehind),
    responses((status = 200, body = FinedCases)))]
pub(crate) async fn behind(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(ask): Query<AskBehind>,
) -> Answer<Json<FinedCases>> {
    let (from, to) = stretch(ask.from, ask.to)?;
    let wanted = Wanted { scope: &allowed.scope(), from, to };
    let rows = store::behind(room.database().pool(), &wanted, (&ask.matter, ask.unit), (ask.maximum, ask.fine_fen)).await?;
    let items = rows.into_iter().map(|row| FinedCase {
        id: row.id,
        number: row.number,
        title: row.title,
        decided_at: row.decided_at,
        fine_fen: row.fine,
        most_fen: row.most,
        tier: row.tier,
        points: row.points,
    });
    Ok(Json(FinedCases { items: items.collect() }))
}
