//! The share of decisions that were served with their companions (三书同达率), and the cases behind it.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use http_api::{Answer, Json, Query};
use identity::Allowed;
use kernel::{clock::shanghai, problem::Problem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    COMPANIONS,
    store::{self, Companion},
};
use crate::{Documents, owner::ServedDecision, rights};

/// Decisions that are counted; a county serves some thousand a year.
const MOST: i64 = 20_000;
/// Rows that are shown.
const ROWS: usize = 200;
/// Days of a span at most.
const DAYS: i64 = 732;

/// Of which days, and which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AskTogether {
    /// The first day on which the service of a decision was entered; ninety days ago where nothing is said.
    from: Option<NaiveDate>,
    /// The last; today where nothing is said.
    until: Option<NaiveDate>,
    /// `lacking`: only decisions without one of them; `together`: only the others.
    only: Option<String>,
}

/// A decision that was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TogetherRow {
    docket: Uuid,
    number: String,
    title: String,
    /// When its service was entered.
    served_at: DateTime<Utc>,
    /// The advice on compliance was issued before.
    advice: bool,
    /// The notice of the repair of credit was issued before.
    repair: bool,
}

/// The share of decisions served with their companions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TogetherFigures {
    from: NaiveDate,
    until: NaiveDate,
    /// Decisions served with both.
    together: usize,
    /// Decisions served.
    served: usize,
    /// Percent with one decimal; nothing where none was served.
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<f64>,
    /// The newest first.
    rows: Vec<TogetherRow>,
    /// There are more rows than are shown; the figures count them all.
    more: bool,
}

/// Each decision with what was issued before its service was entered. Issued later, it did not go with the decision.
fn rows(served: Vec<ServedDecision>, companions: &[Companion]) -> Vec<TogetherRow> {
    let mut before: std::collections::HashMap<(Uuid, &str), DateTime<Utc>> = std::collections::HashMap::new();
    for it in companions {
        let first = before.entry((it.docket_id, it.kind.as_str())).or_insert(it.issued_at);
        *first = it.issued_at.min(*first);
    }
    let rows = served.into_iter().map(|it| {
        let went = |kind: &str| before.get(&(it.docket, kind)).is_some_and(|at| *at <= it.entered_at);
        let [advice, repair] = COMPANIONS.map(went);
        TogetherRow { docket: it.docket, number: it.number, title: it.title, served_at: it.entered_at, advice, repair }
    });
    rows.collect()
}

/// Percent with one decimal.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (part as f64 * 1000.0 / whole as f64).round() / 10.0)
}

/// Counts the penalty decisions whose service was entered in a span of days, and how many of them went together with the advice on compliance
/// and the notice of the repair of credit.
///
/// # Errors
/// `query-invalid`, `together-too-many`.
#[utoipa::path(get, path = "/api/v1/document-together-figures", tag = "documents", operation_id = "together_figures", params(AskTogether),
    responses((status = 200, body = TogetherFigures, description = "The share and its cases")))]
pub(crate) async fn figures(
    State(room): State<Documents>,
    allowed: Allowed<rights::SeeDocuments>,
    Query(ask): Query<AskTogether>,
) -> Answer<Json<TogetherFigures>> {
    let until = ask.until.unwrap_or_else(|| room.today());
    let from = ask.from.unwrap_or(until - TimeDelta::days(90));
    let wrong = |words: &str| Problem::invalid("query-invalid", words.to_owned());
    if from > until || (until - from).num_days() > DAYS {
        return Err(wrong("起止日期不对，最多两年").into());
    }
    let only = match ask.only.as_deref() {
        None | Some("") => None,
        Some("lacking") => Some(false),
        Some("together") => Some(true),
        Some(_) => return Err(wrong("only 参数含有未知的代码").into()),
    };
    let at = |day: NaiveDate| day.and_hms_opt(0, 0, 0).and_then(|naive| shanghai().from_local_datetime(&naive).single());
    let (Some(first), Some(last)) = (at(from), at(until + TimeDelta::days(1))) else { return Err(wrong("起止日期不对").into()) };
    let mut served = Vec::new();
    for owner in room.owners() {
        served.extend(owner.served_decisions(&allowed.caller, first.to_utc(), last.to_utc(), MOST + 1).await?);
    }
    if served.len() as i64 > MOST {
        return Err(Problem::invalid("together-too-many", "这段时间的处罚决定过多，请缩短起止日期").into());
    }
    let dockets: Vec<Uuid> = served.iter().map(|it| it.docket).collect();
    let companions = store::companions(room.database().pool(), room.home_region(), &dockets, &COMPANIONS).await?;
    let mut rows = rows(served, &companions);
    let (served, together) = (rows.len(), rows.iter().filter(|row| row.advice && row.repair).count());
    rows.retain(|row| only.is_none_or(|only| only == (row.advice && row.repair)));
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    Ok(Json(TogetherFigures { from, until, together, served, percent: share(together, served), rows, more }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_issued_after_the_service_did_not_go_with_it_and_of_nothing_there_is_no_share() {
        let at = |minute: u32| Utc.with_ymd_and_hms(2026, 11, 2, 1, minute, 0).unwrap();
        let decision =
            |docket: u128| ServedDecision {
                docket: Uuid::from_u128(docket), number: "1".into(), title: "模拟".into(), entered_at: at(30)
            };
        let companion = |docket: u128, kind: &str, minute: u32| Companion {
            docket_id: Uuid::from_u128(docket),
            kind: kind.into(),
            issued_at: at(minute),
        };
        let companions =
            [companion(1, "D24", 10), companion(1, "D25", 30), companion(1, "D25", 50), companion(2, "D24", 31), companion(2, "D25", 5)];
        let rows = rows(vec![decision(1), decision(2), decision(3)], &companions);
        assert_eq!(rows.iter().map(|row| (row.advice, row.repair)).collect::<Vec<_>>(), [(true, true), (false, true), (false, false)]);
        assert_eq!((share(0, 0), share(1, 3), share(2, 2)), (None, Some(33.3), Some(100.0)));
    }
}
