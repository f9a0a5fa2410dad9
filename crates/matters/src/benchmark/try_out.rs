//! Trying rules out (试算): every fault with its place, and the tier, the range and the way to it for these facts. Keeps nothing.

use std::collections::BTreeMap;

use axum::extract::State;
use http_api::{Answer, Json};
use identity::Allowed;
use law::discretion::{Benchmark, Facts, FactsError, Judgement, Kind, Weighed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{rules, view::BenchmarkFault};
use crate::{Matters, ReviewBenchmarks};

/// Rules and the facts of an invented case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BenchmarkTrial {
    /// The rules.
    #[schema(value_type = Object)]
    rules: Value,
    /// The party is an organisation; a citizen without it.
    #[serde(default)]
    organisation: bool,
    /// The value of each factor, by its code.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// The circumstances of the law, by their codes.
    #[serde(default)]
    circumstances: Vec<String>,
    /// A planned fine in whole yuan.
    #[serde(default)]
    yuan: Option<u64>,
}

/// What comes of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BenchmarkTried {
    /// What is wrong with the rules.
    faults: Vec<BenchmarkFault>,
    /// Why the facts cannot be weighed.
    #[serde(skip_serializing_if = "Option::is_none")]
    lacking: Option<String>,
    /// Points, tier, range and steps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    weighed: Option<Weighed>,
    /// The proposed sum in whole yuan.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed: Option<u64>,
    /// The planned fine against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    judgement: Option<Judgement>,
}

/// Weighs facts by a benchmark, with what the law itself orders before the factors.
fn weigh(benchmark: &Benchmark, trial: &BenchmarkTrial) -> Result<Weighed, FactsError> {
    let (direction, mut steps) = benchmark.directed(&trial.circumstances)?;
    let party = if trial.organisation { Kind::Organisation } else { Kind::Person };
    let mut weighed = benchmark.weigh(&Facts { party, values: trial.values.clone(), direction })?;
    steps.append(&mut weighed.steps);
    weighed.steps = steps;
    Ok(weighed)
}

/// Tries rules out.
///
/// # Errors
/// `benchmark-unreadable`.
#[utoipa::path(post, path = "/api/v1/benchmarks/actions/try", tag = "law", operation_id = "try_benchmark", request_body = BenchmarkTrial,
    responses((status = 200, body = BenchmarkTried)), extensions(("x-right" = json!("law.benchmark-review"))))]
pub(crate) async fn try_out(
    State(room): State<Matters>,
    _allowed: Allowed<ReviewBenchmarks>,
    Json(trial): Json<BenchmarkTrial>,
) -> Answer<Json<BenchmarkTried>> {
    let benchmark = rules::read(&trial.rules)?;
    let library = room.library().await?;
    let faults = match library.shown(&benchmark.matter, room.today()) {
        Some(matter) => rules::faults(&benchmark, &benchmark.matter, &matter.facts),
        None => {
            let mut faults = benchmark.faults();
            faults.push(law::discretion::Fault { pointer: "/matter".into(), detail: "没有这个编号的执法事项".into() });
            faults
        }
    };
    // Rules with faults of their own are not weighed by: they may have no tier at all.
    let weighed = if benchmark.faults().is_empty() { Some(weigh(&benchmark, &trial)) } else { None };
    let (weighed, lacking) = match weighed {
        Some(Ok(weighed)) => (Some(weighed), None),
        Some(Err(error)) => (None, Some(error.to_string())),
        None => (None, None),
    };
    Ok(Json(BenchmarkTried {
        faults: faults.into_iter().map(Into::into).collect(),
        lacking,
        proposed: weighed.as_ref().map(Weighed::proposed),
        judgement: weighed.as_ref().zip(trial.yuan).map(|(weighed, yuan)| weighed.judge(yuan)),
        weighed,
    }))
}
