//! The discretion of a case on its page: the benchmark, what was answered and follows, a deviation, and the fines of like cases.

use axum::extract::State;
use chrono::{DateTime, Months, NaiveDate, Utc};
use http_api::{Answer, Json, Path};
use identity::{Allowed, Caller};
use kernel::clock::shanghai;
use law::discretion::Benchmark;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    super::{basis::CaseBasisStep, not_found, store as cases, view::CasePerson},
    Standing, store,
};
use crate::{Cases, rights, scope::covers};

/// Like cases are looked for so far back, in months: three years.
const MONTHS: u32 = 36;
/// Of fewer cases nothing is said: one of them could be told from the figures.
const FEWEST: i64 = 3;

/// The benchmark that counts today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseBenchmark {
    id: Uuid,
    number: i32,
    effective_from: NaiveDate,
    /// Factors, tiers and circumstances, in the language of the files.
    #[schema(value_type = Object)]
    rules: Benchmark,
}

/// What was answered, and what follows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseWeighing {
    ordinal: i32,
    /// The benchmark's version.
    benchmark: Uuid,
    benchmark_number: i32,
    benchmark_version: String,
    organisation: bool,
    values: std::collections::BTreeMap<String, String>,
    circumstances: Vec<String>,
    points: i32,
    tier: String,
    low_fen: i64,
    high_fen: i64,
    proposed_fen: i64,
    steps: Vec<CaseBasisStep>,
    by: CasePerson,
    at: DateTime<Utc>,
}

/// A deviation that was asked for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseDeviation {
    fine_fen: i64,
    reason: String,
    asked_by: CasePerson,
    asked_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<CasePerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The factors were answered anew since: it counts no more.
    stale: bool,
}

/// The fines of like cases: the same matter and tier, decided in the last three years, within the reader's ground.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseSpread {
    /// How many.
    cases: i64,
    /// The figures in fen: least, lower quartile, median, upper quartile, most. Nothing where there are fewer than three cases.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<Vec<i64>>,
}

/// The discretion of a case (裁量).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CaseDiscretion {
    /// For `If-Match`: the case's.
    version: i64,
    /// The case is not decided yet.
    open: bool,
    /// The caller handles the case.
    mine: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    benchmark: Option<CaseBenchmark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighing: Option<CaseWeighing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deviation: Option<CaseDeviation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spread: Option<CaseSpread>,
}

/// Shows the discretion of a case.
///
/// # Errors
/// `case-not-found`.
#[utoipa::path(get, path = "/api/v1/cases/{id}/discretion", tag = "cases", operation_id = "show_case_discretion",
    params(("id" = Uuid, Path, description = "The case")), responses((status = 200, body = CaseDiscretion)))]
pub(crate) async fn show(
    State(room): State<Cases>,
    allowed: Allowed<rights::SeeCases>,
    Path(id): Path<Uuid>,
) -> Answer<Json<CaseDiscretion>> {
    Ok(Json(whole(&room, &allowed.caller, id).await?))
}

/// As `caller` sees it.
pub(super) async fn whole(room: &Cases, caller: &Caller, id: Uuid) -> Answer<CaseDiscretion> {
    let now = room.clock().now();
    let scope = caller.scope::<rights::SeeCases>().ok_or_else(not_found)?;
    let mut connection = room.database().pool().acquire().await?;
    let header = cases::header(&mut *connection, id).await?.filter(|header| covers(&scope, header)).ok_or_else(not_found)?;
    let key = header.key();
    let dossier = cases::dossier(&mut connection, &key).await?.ok_or_else(not_found)?;
    let Standing { benchmark, weighing, deviation } = Standing::of(room, &mut connection, &key, &dossier).await?;
    let matter = &dossier.record.matter_code;
    let rules = match benchmark {
        true => room.matters().benchmark_on(&mut connection, matter, now.with_timezone(&shanghai()).date_naive()).await?,
        false => None,
    };
    let spread = match &weighing {
        Some(row) => {
            let since = now.checked_sub_months(Months::new(MONTHS)).unwrap_or(now);
            let found = store::spread(&mut connection, &scope, &key, (matter, &row.tier), since).await?;
            let figures = found.least.zip(found.most).zip(found.quartiles.filter(|of| of.len() == 3));
            let figures = figures.filter(|_| found.cases >= FEWEST).map(|((least, most), of)| vec![least, of[0], of[1], of[2], most]);
            Some(CaseSpread { cases: found.cases, figures })
        }
        None => None,
    };
    let people: Vec<Uuid> = weighing
        .iter()
        .map(|row| row.weighed_by)
        .chain(deviation.iter().flat_map(|row| [Some(row.asked_by), row.approved_by].into_iter().flatten()))
        .collect();
    let names = room.identity().names_of(&people).await?;
    let named = |id: Uuid| CasePerson { id, name: names.get(&id).cloned().unwrap_or_default() };
    let last = weighing.as_ref().map(|row| row.ordinal);
    Ok(CaseDiscretion {
        version: header.version,
        open: dossier.record.decided_at.is_none() && !dossier.facts().state.is_final(),
        mine: dossier.officers.iter().any(|officer| officer.person == caller.person.uuid() && !officer.recused),
        benchmark: rules.map(|it| CaseBenchmark { id: it.id, number: it.number, effective_from: it.effective_from, rules: it.rules }),
        weighing: weighing.map(|row| CaseWeighing {
            ordinal: row.ordinal,
            benchmark: row.benchmark,
            benchmark_number: row.benchmark_number,
            benchmark_version: row.benchmark_version,
            organisation: row.organisation,
            values: row.answers.0,
            circumstances: row.circumstances,
            points: row.points,
            tier: row.tier,
            low_fen: row.low_fen,
            high_fen: row.high_fen,
            proposed_fen: row.proposed_fen,
            steps: row.steps.0,
            by: named(row.weighed_by),
            at: row.weighed_at,
        }),
        deviation: deviation.map(|row| CaseDeviation {
            fine_fen: row.fine_fen,
            reason: row.reason,
            asked_by: named(row.asked_by),
            asked_at: row.asked_at,
            approved_by: row.approved_by.map(named),
            approved_at: row.approved_at,
            note: row.note,
            stale: last != Some(row.weighing),
        }),
        spread,
    })
}
