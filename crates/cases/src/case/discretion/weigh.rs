//! Answer the factors of the benchmark (填写裁量因素): the tier, the range and the proposed fine are kept with the benchmark's version.

use std::collections::BTreeMap;

use axum::extract::State;
use docket::ledger::payload;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{clock::shanghai, personal::redact, problem::Problem};
use law::discretion::{Facts, FactsError, Kind};
use matters::FineParty;
use serde::Deserialize;
use serde_json::json;
use sqlx::types::Json as Kept;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    super::basis::CaseBasisStep,
    BENCHMARKS, WeighingRow, fen, for_this, handled, store, undecided,
    view::{self, CaseDiscretion},
};
use crate::{Cases, rights};

/// Factors and circumstances of one case at most: as many as a benchmark has.
const MOST: usize = 50;

/// What the officer answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseAnswers {
    /// The value of each factor, by its code: a code, or a whole number where the factor has a unit.
    values: BTreeMap<String, String>,
    /// The circumstances of the law that are there, by their codes.
    #[serde(default)]
    circumstances: Vec<String>,
}

fn lacking(error: &FactsError) -> Problem {
    Problem::invalid("answers-invalid", error.to_string()).field("values", error.to_string()).citing(BENCHMARKS)
}

/// Answers the factors, as often as they change before the decision.
///
/// # Errors
/// `case-not-found`, `if-match-missing`, `version-conflict`, `case-not-handled`, `recused`, `case-decided`, `benchmark-none`,
/// `benchmark-not-for-this`, `answers-invalid`.
#[utoipa::path(put, path = "/api/v1/cases/{id}/discretion", tag = "cases", operation_id = "weigh_case", request_body = CaseAnswers,
    params(("id" = Uuid, Path, description = "The case"), ("If-Match" = String, Header)),
    responses((status = 200, body = CaseDiscretion, description = "The discretion as it then stands")))]
pub(crate) async fn weigh(
    State(room): State<Cases>,
    allowed: Allowed<rights::HandleCases>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(mut given): Json<CaseAnswers>,
) -> Answer<Json<CaseDiscretion>> {
    if given.values.len() > MOST || given.circumstances.len() > MOST {
        return Err(Problem::invalid("answers-invalid", "裁量因素过多").field("values", "裁量因素过多").into());
    }
    given.circumstances.sort_unstable();
    given.circumstances.dedup();
    let (caller, now) = (&allowed.caller, room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (locked, dossier) = undecided(&mut transaction, caller, id, seen).await?;
    handled(&dossier, caller)?;
    let today = now.with_timezone(&shanghai()).date_naive();
    let library = dossier.basis.as_ref().is_some_and(|basis| basis.matter_version.is_some());
    let found = match library {
        true => room.matters().benchmark_on(&mut transaction, &dossier.record.matter_code, today).await?,
        false => None,
    };
    let found = found.ok_or_else(|| Problem::conflict("benchmark-none", "这个事项没有已经发布的裁量基准").citing(BENCHMARKS))?;
    for_this(&found.rules, &dossier)?;
    let organisation = dossier.fine_party() == FineParty::Organisation;
    let (direction, mut steps) = found.rules.directed(&given.circumstances).map_err(|error| lacking(&error))?;
    let facts = Facts { party: if organisation { Kind::Organisation } else { Kind::Person }, values: given.values.clone(), direction };
    let weighed = found.rules.weigh(&facts).map_err(|error| lacking(&error))?;
    let proposed = weighed.proposed();
    steps.extend(weighed.steps);
    let key = locked.header.key();
    let ordinal = store::last_weighing(&mut transaction, &key).await?.map_or(1, |last| last.ordinal + 1);
    let row = WeighingRow {
        ordinal,
        benchmark: found.id,
        benchmark_number: found.number,
        benchmark_version: weighed.version,
        organisation,
        // A whole number or a code of the benchmark: nothing of anybody.
        answers: Kept(given.values),
        circumstances: given.circumstances,
        points: weighed.points,
        tier: weighed.tier,
        low_fen: fen(weighed.low),
        high_fen: fen(weighed.high),
        proposed_fen: fen(proposed),
        steps: Kept(steps.into_iter().map(|step| CaseBasisStep { text: redact(&step.text).into_owned(), basis: step.basis }).collect()),
        weighed_by: caller.person.uuid(),
        weighed_at: now,
    };
    store::insert_weighing(&mut transaction, &key, &row).await?;
    let line = payload([
        ("benchmark", json!(row.benchmark)),
        ("benchmark_number", json!(row.benchmark_number)),
        ("answers", json!(row.answers)),
        ("circumstances", json!(row.circumstances)),
        ("tier", json!(row.tier)),
        ("low_fen", json!(row.low_fen)),
        ("high_fen", json!(row.high_fen)),
        ("proposed_fen", json!(row.proposed_fen)),
    ]);
    super::write(&room, &mut transaction, locked, caller, "weigh", line).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}
