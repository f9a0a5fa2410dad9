//! The ranking of handlers in a period, each number beside the weight it counts with.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{settings::HandlerWeights, store};
use crate::{CasesWanted, Quality, rights, service::stretch};

/// The longest period, in days.
const LONGEST: i64 = 400;
/// Concluded cases that are counted at most.
const MOST_CASES: i64 = 100_000;
/// Handlers of one answer at most.
const MOST: usize = 200;

/// The period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

/// What counts for and against a handler.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    concluded: i64,
    overturned: i64,
    files: i64,
    tenths: i64,
    failed: i64,
}

/// A handler's place (办案能手).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandlerRank {
    id: Uuid,
    name: String,
    /// Concluded cases that he is the first officer of.
    concluded: i64,
    /// Of these overturned.
    overturned: i64,
    /// Files of his that were reviewed in the period.
    files: i64,
    failed: i64,
    /// Their average, in points to a tenth; nothing without a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    average: Option<f64>,
    /// What it comes to, to a tenth.
    score: f64,
}

/// The ranking, the best first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandlerRanks {
    items: Vec<HandlerRank>,
    weights: HandlerWeights,
    /// Nobody chose the weights yet.
    provisional: bool,
    /// More cases or handlers than one answer counts.
    cut: bool,
}

/// The score, in tenths.
fn score(it: Counted, weights: &HandlerWeights) -> i64 {
    let average = if it.files == 0 { 0 } else { it.tenths / it.files };
    let w = |weight: u32| i64::from(weight);
    it.concluded * w(weights.concluded) * 10 + average * w(weights.reviewed)
        - it.failed * w(weights.failed) * 10
        - it.overturned * w(weights.overturned) * 10
}

/// Ranks the handlers of a period.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/best-handlers", tag = "quality", operation_id = "rank_handlers", params(Ask),
    responses((status = 200, body = HandlerRanks)))]
pub(crate) async fn rank(
    State(room): State<Quality>,
    allowed: Allowed<rights::ManageReviews>,
    Query(ask): Query<Ask>,
) -> Answer<Json<HandlerRanks>> {
    let scope = allowed.scope();
    let (from, to) = stretch(ask.from, ask.to, LONGEST)?;
    let settings = room.weights().await?;
    let wanted = CasesWanted { from, to, ground: String::new(), unit: None, tracks: vec![], results: vec![] };
    let cases = room.cases().concluded(&scope, &wanted, MOST_CASES).await?;
    let mut cut = cases.len() as i64 == MOST_CASES;
    let mut all: BTreeMap<Uuid, Counted> = BTreeMap::new();
    for case in cases {
        if let Some(officer) = case.officer {
            let of = all.entry(officer).or_default();
            of.concluded += 1;
            of.overturned += i64::from(case.revoked);
        }
    }
    for row in store::reviewed(room.database().pool(), &scope, from, to).await? {
        let of = all.entry(row.officer).or_default();
        (of.files, of.tenths, of.failed) = (row.files, row.tenths, row.failed);
    }
    let people: Vec<Uuid> = all.keys().copied().collect();
    let names = room.identity().names_of(&people).await?;
    let mut items: Vec<HandlerRank> = all
        .into_iter()
        .map(|(id, it)| HandlerRank {
            name: names.get(&id).cloned().unwrap_or_default(),
            id,
            concluded: it.concluded,
            overturned: it.overturned,
            files: it.files,
            failed: it.failed,
            average: (it.files > 0).then(|| (it.tenths as f64 / it.files as f64).round() / 10.0),
            score: score(it, &settings.weights) as f64 / 10.0,
        })
        .collect();
    items.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    cut |= items.len() > MOST;
    items.truncate(MOST);
    if items.is_empty() && ask.from > room.today() {
        return Err(Problem::invalid("query-invalid", "时段在今天以后").field("from", "请选择今天以前的时段").into());
    }
    Ok(Json(HandlerRanks { items, weights: settings.weights, provisional: settings.provisional, cut }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_cases_count_for_a_handler_and_overturned_ones_against_him() {
        let weights = HandlerWeights::default();
        let good = Counted { concluded: 10, files: 2, tenths: 1_850, ..Counted::default() };
        assert_eq!(score(good, &weights), 100 + 925);
        assert_eq!(score(Counted { overturned: 1, failed: 1, ..good }, &weights), 100 + 925 - 100 - 200);
        assert_eq!(score(Counted::default(), &weights), 0);
    }
}
