//! Weights and grades (权重与等级): configuration, version after version. A period is graded by what was in force on its last day.

mod built_in;
mod read;
mod save;
pub(crate) mod score;
pub(crate) mod store;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use built_in::built_in;
pub(crate) use read::{__path_read, read};
pub(crate) use save::{__path_save, save};

/// How an indicator's value becomes points, of which there are 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IndicatorScoring {
    /// A rate in percent is its points.
    Value,
    /// A hundred less a rate in percent.
    Inverse,
    /// By steps.
    Steps,
}

/// A step: from this value on, so many points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorStep {
    /// From this value on: a count, or a rate in percent.
    pub from: f64,
    /// Points, 0 to 100.
    pub points: f64,
}

/// What an indicator weighs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorWeight {
    /// The indicator's code.
    pub indicator: String,
    /// Its share of the hundred.
    pub weight: f64,
    /// How its value becomes points.
    pub scoring: IndicatorScoring,
    /// The steps, lowest first; empty unless the scoring is by steps.
    #[serde(default)]
    pub steps: Vec<IndicatorStep>,
}

/// A grade (等级).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorGrade {
    /// Its name.
    pub name: String,
    /// From so many points on.
    pub from: f64,
}

/// Weights and grades.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorSettings {
    /// Weights by subject: `place`, `unit`, `collector`, `operator`, `shift_leader`, `dispatcher`. A subject without weights gets no score.
    pub weights: BTreeMap<String, Vec<IndicatorWeight>>,
    /// Grades, the best first; the last begins at 0.
    pub grades: Vec<IndicatorGrade>,
}
