//! A benchmark as the API shows it.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use http_api::Answer;
use law::discretion::Benchmark;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BenchmarkState, rules, store::Row};
use crate::{Matters, library::Library};

/// A fault in a benchmark.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BenchmarkFault {
    /// Where, as a JSON pointer into the rules.
    pointer: String,
    /// What is wrong.
    detail: String,
}

impl From<law::discretion::Fault> for BenchmarkFault {
    fn from(fault: law::discretion::Fault) -> Self {
        Self { pointer: fault.pointer, detail: fault.detail }
    }
}

/// A version of a matter's benchmark (裁量基准).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BenchmarkVersion {
    id: Uuid,
    /// The matter.
    matter: String,
    /// What the matter is called.
    matter_name: String,
    /// Counts within the matter.
    number: i32,
    state: BenchmarkState,
    state_label: &'static str,
    /// What it says, in the language of the files.
    #[schema(value_type = Object)]
    rules: Benchmark,
    /// What is wrong with it as it stands beside the matter of today.
    faults: Vec<BenchmarkFault>,
    /// Why it was made.
    reason: String,
    /// Made up, to show how one is written.
    sample: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    drafted_by: Option<String>,
    drafted_at: DateTime<Utc>,
    /// The caller drafted it, and so does not review it.
    mine: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_reason: Option<String>,
    /// For `If-Match`.
    version: i64,
}

impl Matters {
    /// Versions as `me` sees them.
    pub(super) async fn benchmarks(&self, rows: Vec<Row>, me: Uuid) -> Answer<Vec<BenchmarkVersion>> {
        let library = self.library().await?;
        let people: Vec<Uuid> =
            rows.iter().flat_map(|it| [it.drafted_by, it.reviewed_by, it.published_by, it.withdrawn_by]).flatten().collect();
        let names = self.identity().names_of(&people).await?;
        Ok(rows.into_iter().map(|row| self.told(row, me, &library, &names)).collect())
    }

    fn told(&self, row: Row, me: Uuid, library: &Library, names: &HashMap<Uuid, String>) -> BenchmarkVersion {
        let matter = library.shown(&row.matter, self.today()).map(|version| &version.facts);
        let state: BenchmarkState = row.state.parse().unwrap_or(BenchmarkState::Discarded);
        let name = |person: Option<Uuid>| person.and_then(|person| names.get(&person).cloned());
        let judged = matches!(state, BenchmarkState::Draft | BenchmarkState::Reviewed | BenchmarkState::Published);
        let faults = matter.filter(|_| judged).map(|facts| rules::faults(&row.rules, &row.matter, facts)).unwrap_or_default();
        BenchmarkVersion {
            id: row.id,
            matter_name: matter.map(|facts| facts.name.clone()).unwrap_or_default(),
            matter: row.matter,
            number: row.number,
            state,
            state_label: state.label(),
            rules: row.rules.0,
            faults: faults.into_iter().map(Into::into).collect(),
            reason: row.reason,
            sample: row.sample,
            mine: row.drafted_by == Some(me),
            drafted_by: name(row.drafted_by),
            drafted_at: row.drafted_at,
            reviewed_by: name(row.reviewed_by),
            reviewed_at: row.reviewed_at,
            review_note: row.review_note,
            effective_from: row.effective_from,
            published_by: name(row.published_by),
            published_at: row.published_at,
            withdrawn_from: row.withdrawn_from,
            withdrawn_by: name(row.withdrawn_by),
            withdrawn_reason: row.withdrawn_reason,
            version: row.version,
        }
    }
}
