//! A finding as people see it.

use chrono::{DateTime, Utc};
use http_api::Answer;
use identity::Caller;
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{FindingState, store::FindingRow};
use crate::{Quality, sheet::body::Severity};

/// A finding (评查问题).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingView {
    id: Uuid,
    file: Uuid,
    round_name: String,
    case_id: Uuid,
    number: String,
    case_title: String,
    /// The officer it is about.
    officer: String,
    unit_name: String,
    title: String,
    article: String,
    severity: Severity,
    severity_label: &'static str,
    /// What it cost, in tenths of a point.
    tenths: i32,
    note: String,
    state: FindingState,
    state_label: &'static str,
    version: i32,
    told_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    /// While the officer is to answer.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<Light>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged_at: Option<DateTime<Utc>>,
    /// About a case of the caller's, who answers it.
    mine: bool,
}

impl Quality {
    pub(crate) async fn finding_views(&self, rows: Vec<FindingRow>, caller: &Caller) -> Answer<Vec<FindingView>> {
        let names = self.identity().names_of(&rows.iter().filter_map(|row| row.officer).collect::<Vec<_>>()).await?;
        let tree = self.identity().organisations().await?;
        let now = self.clock().now();
        let view = |row: FindingRow| {
            let state = row.state.parse().unwrap_or(FindingState::Told);
            let severity = row.severity.parse().unwrap_or(Severity::General);
            FindingView {
                light: (state == FindingState::Told).then(|| Light::at(now, row.warn_at, row.due_at)),
                mine: row.officers.contains(&caller.person.uuid()),
                officer: row.officer.and_then(|person| names.get(&person).cloned()).unwrap_or_default(),
                unit_name: row.unit.map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
                id: row.id,
                file: row.file,
                round_name: row.round_name,
                case_id: row.case_id,
                number: row.number,
                case_title: row.case_title,
                title: row.title,
                article: row.article,
                severity,
                severity_label: severity.label(),
                tenths: row.tenths,
                note: row.note,
                state,
                state_label: state.label(),
                version: row.version,
                told_at: row.told_at,
                due_at: row.due_at,
                answer: row.answer,
                answered_at: row.answered_at,
                judgement: row.judgement,
                judged_at: row.judged_at,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
