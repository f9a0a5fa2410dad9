//! A review or suit as the desk sees it.

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use kernel::light::Light;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{RemedyKind, RemedyOutcome, store::RemedyRow};
use crate::Publications;

/// A review or suit (复议诉讼记录).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemedyView {
    id: Uuid,
    pub case_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    version: i32,
    kind: RemedyKind,
    pub kind_label: &'static str,
    /// The review organ or the court; empty while only the case's step is known.
    pub body: String,
    /// Its number.
    pub number: String,
    pub matter: String,
    /// The day the copy arrived.
    pub received_on: NaiveDate,
    /// Until when the organ answers.
    pub answer_due_at: DateTime<Utc>,
    answer_article: &'static str,
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<Light>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<NaiveDate>,
    /// Who answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hearing_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<RemedyOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome_label: Option<&'static str>,
    /// The day the result was served on the organ.
    #[serde(skip_serializing_if = "Option::is_none")]
    served_on: Option<NaiveDate>,
    /// What followed.
    pub followed: String,
}

impl Publications {
    pub(crate) async fn remedy_views(&self, rows: Vec<RemedyRow>) -> Answer<Vec<RemedyView>> {
        let people: Vec<Uuid> = rows.iter().filter_map(|row| row.answers).collect();
        let names = self.identity().names_of(&people).await?;
        let now = self.clock().now();
        let view = |row: RemedyRow| {
            let (kind, outcome) = (row.kind(), row.outcome.as_deref().and_then(|code| code.parse::<RemedyOutcome>().ok()));
            let waits = outcome.is_none() && row.answered_on.is_none();
            RemedyView {
                id: row.id,
                case_id: row.case_id,
                case_number: None,
                version: row.version,
                kind,
                kind_label: kind.label(),
                light: waits.then(|| Light::at(now, row.warn_at, row.answer_due_at)),
                answer_article: match kind {
                    RemedyKind::Review => "行政复议法第四十八条、第五十四条",
                    RemedyKind::Suit => "行政诉讼法第六十七条",
                },
                answers_name: row.answers.and_then(|person| names.get(&person).cloned()),
                answers: row.answers,
                body: row.body,
                number: row.number,
                matter: row.matter,
                received_on: row.received_on,
                answer_due_at: row.answer_due_at,
                answered_on: row.answered_on,
                hearing_at: row.hearing_at,
                outcome,
                outcome_label: outcome.map(RemedyOutcome::label),
                served_on: row.served_on,
                followed: row.followed,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }
}
