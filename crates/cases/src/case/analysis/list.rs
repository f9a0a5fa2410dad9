//! The figures of concluded cases, and the cases behind each.

use std::collections::BTreeMap;

use axum::extract::State;
use chrono::{DateTime, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::problem::Problem;
use law::procedure::Track;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    AnalysisBy, Ask, bucket,
    store::{self, Counted},
};
use crate::{Cases, case::course::CaseResult, rights};

/// Values of one answer at most.
const MOST: i64 = 500;

/// The cases of a value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AnalysisRow {
    /// Names the value in a further question.
    pub key: String,
    pub label: String,
    /// Concluded.
    pub cases: i64,
    /// With a penalty.
    pub penalties: i64,
    /// Without one.
    pub no_penalties: i64,
    /// Gone by a review or suit.
    pub revoked: i64,
    /// With a fine.
    pub fined: i64,
    /// All fines, in fen.
    pub fine_fen: i64,
    /// Half of the fines are at most this, in fen; nothing without a fine, or where values were put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_fen: Option<i64>,
    /// Days from opening to conclusion on average, to a tenth.
    pub days: f64,
}

/// The figures of a stretch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseAnalysis {
    pub items: Vec<AnalysisRow>,
    /// All together.
    pub total: AnalysisRow,
    /// More values than one answer holds: the rest is in no row, and not in the total.
    pub cut: bool,
}

/// A concluded case behind a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnalysedCase {
    id: Uuid,
    number: String,
    title: String,
    result: CaseResult,
    result_label: &'static str,
    concluded_at: DateTime<Utc>,
    simulated: bool,
}

/// Cases behind a figure, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnalysedCases {
    items: Vec<AnalysedCase>,
}

fn row(label: String, it: Counted) -> AnalysisRow {
    AnalysisRow {
        label,
        key: it.key,
        cases: it.cases,
        penalties: it.penalties,
        no_penalties: it.no_penalties,
        revoked: it.revoked,
        fined: it.fined,
        fine_fen: it.fine_fen,
        median_fen: it.median_fen,
        days: (it.days * 10.0).round() / 10.0,
    }
}

/// Adds a row to another; of a median of two groups nothing can be said.
fn add(to: &mut AnalysisRow, it: &AnalysisRow) {
    let all = to.cases + it.cases;
    if all > 0 {
        to.days = ((to.days * to.cases as f64 + it.days * it.cases as f64) / all as f64 * 10.0).round() / 10.0;
    }
    to.median_fen = None;
    to.cases = all;
    to.penalties += it.penalties;
    to.no_penalties += it.no_penalties;
    to.revoked += it.revoked;
    to.fined += it.fined;
    to.fine_fen += it.fine_fen;
}

fn nothing(key: &str, label: &str) -> AnalysisRow {
    AnalysisRow {
        key: key.to_owned(),
        label: label.to_owned(),
        cases: 0,
        penalties: 0,
        no_penalties: 0,
        revoked: 0,
        fined: 0,
        fine_fen: 0,
        median_fen: None,
        days: 0.0,
    }
}

impl Cases {
    pub(super) async fn analysis(&self, scope: &identity::Scope, ask: &Ask) -> Answer<CaseAnalysis> {
        let wanted = ask.wanted()?;
        let mut rows = store::counted(self.database().pool(), scope, &wanted, ask.by, MOST + 1).await?;
        let cut = rows.len() as i64 > MOST;
        rows.truncate(MOST as usize);
        let tree = self.identity().organisations().await?;
        let fields = if ask.by == AnalysisBy::Field { self.matters().domains().await? } else { BTreeMap::default() };
        let mut items: Vec<AnalysisRow> = Vec::with_capacity(rows.len());
        for it in rows {
            let label = match ask.by {
                AnalysisBy::Field => fields.get(&it.key).cloned().unwrap_or_else(|| "事项库以外".to_owned()),
                AnalysisBy::Matter => it.name.clone().unwrap_or_default(),
                AnalysisBy::Track => Track::from_code(&it.key).map_or("", Track::label).to_owned(),
                AnalysisBy::Region => self.catalogue().region(&it.key).map_or_else(|| it.key.clone(), |region| region.name),
                AnalysisBy::Unit if it.key.is_empty() => "未分派单位".to_owned(),
                AnalysisBy::Unit => it.key.parse().map(|unit| tree.name(unit).to_owned()).unwrap_or_default(),
                AnalysisBy::Month => it.key.clone(),
                AnalysisBy::Result => it.key.parse::<CaseResult>().map_or("", CaseResult::label).to_owned(),
                AnalysisBy::Amount | AnalysisBy::Duration => bucket(ask.by, &it.key).unwrap_or_default().to_owned(),
            };
            let mut one = row(label, it);
            if ask.by == AnalysisBy::Field {
                one.key.clone_from(&one.label);
                if let Some(known) = items.iter_mut().find(|known| known.key == one.key) {
                    add(known, &one);
                    continue;
                }
            }
            items.push(one);
        }
        // Time, sums and stretches are read in their order, everything else by weight.
        if matches!(ask.by, AnalysisBy::Month | AnalysisBy::Amount | AnalysisBy::Duration) {
            items.sort_by(|a, b| a.key.cmp(&b.key));
        }
        let mut total = nothing("", "合计");
        items.iter().for_each(|it| add(&mut total, it));
        Ok(CaseAnalysis { items, total, cut })
    }
}

/// Counts the concluded cases of a stretch within the reader's ground by one of the dimensions.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/case-analysis", tag = "cases", operation_id = "analyse_cases", params(Ask),
    responses((status = 200, body = CaseAnalysis)))]
pub(crate) async fn figures(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(ask): Query<Ask>,
) -> Answer<Json<CaseAnalysis>> {
    Ok(Json(room.analysis(&allowed.scope(), &ask).await?))
}

/// Lists the cases behind a figure, at most five hundred.
///
/// # Errors
/// `query-invalid`.
#[utoipa::path(get, path = "/api/v1/case-analysis/cases", tag = "cases", operation_id = "list_analysed_cases", params(Ask),
    responses((status = 200, body = AnalysedCases)))]
pub(crate) async fn behind(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Query(ask): Query<Ask>,
) -> Answer<Json<AnalysedCases>> {
    let wanted = ask.wanted()?;
    let values = match &ask.key {
        None => None,
        Some(field) if ask.by == AnalysisBy::Field => {
            let fields = room.matters().domains().await?;
            if field == "事项库以外" {
                return Err(Problem::invalid("query-invalid", "事项库以外的案件请按事项查看").field("key", "请按事项查看").into());
            }
            Some(fields.into_iter().filter(|(_, of)| of == field).map(|(code, _)| code).collect())
        }
        Some(key) => Some(vec![key.clone()]),
    };
    let rows = store::behind(room.database().pool(), &allowed.scope(), &wanted, ask.by, values, MOST).await?;
    let items = rows.into_iter().map(|row| {
        let result = row.result.parse().unwrap_or(CaseResult::Penalty);
        AnalysedCase {
            id: row.id,
            number: row.number,
            title: row.title,
            result,
            result_label: result.label(),
            concluded_at: row.concluded_at,
            simulated: row.simulated,
        }
    });
    Ok(Json(AnalysedCases { items: items.collect() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_together_have_the_average_of_all_their_cases_and_no_median() {
        let of = |cases, days, fine_fen| AnalysisRow { cases, days, fine_fen, fined: cases, median_fen: Some(1), ..nothing("", "") };
        let mut total = nothing("", "合计");
        add(&mut total, &of(1, 10.0, 100));
        add(&mut total, &of(3, 30.0, 300));
        assert_eq!((total.cases, total.days, total.fine_fen, total.median_fen), (4, 25.0, 400, None));
    }
}
