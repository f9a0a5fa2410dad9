//! Read weights and grades (考核设置).

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use serde::Serialize;
use utoipa::ToSchema;

use super::{IndicatorSettings, built_in, store};
use crate::{Assessment, indicator, rights};

/// An indicator that may be weighed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WeighableIndicator {
    code: String,
    name: String,
    /// A rate; otherwise a count.
    is_rate: bool,
    /// The subjects that it is of.
    subjects: Vec<&'static str>,
}

/// Weights and grades with what they may be made of.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorSettingsView {
    settings: IndicatorSettings,
    /// For `If-Match`; 0 as long as they are as the program brings them.
    version: i64,
    /// Every indicator.
    indicators: Vec<WeighableIndicator>,
}

impl IndicatorSettingsView {
    pub(crate) fn of(settings: IndicatorSettings, version: i64) -> Self {
        let indicators = indicator::all().iter().map(|it| WeighableIndicator {
            code: it.code.clone(),
            name: it.name.clone(),
            is_rate: it.denominator.is_some(),
            subjects: indicator::SUBJECTS.into_iter().filter(|subject| it.is_of_subject(subject)).collect(),
        });
        Self { settings, version, indicators: indicators.collect() }
    }
}

/// Reads weights and grades.
///
/// # Errors
/// None of its own.
#[utoipa::path(get, path = "/api/v1/indicator-settings", tag = "indicators", operation_id = "read_indicator_settings",
    responses((status = 200, body = IndicatorSettingsView, description = "Weights and grades")))]
pub(crate) async fn read(State(room): State<Assessment>, _allowed: Allowed<rights::SeeIndicators>) -> Answer<Json<IndicatorSettingsView>> {
    let mut connection = room.database().pool().acquire().await?;
    let (version, settings) = store::latest(&mut connection, room.home_region()).await?.unwrap_or_else(|| (0, built_in()));
    Ok(Json(IndicatorSettingsView::of(settings, version)))
}
