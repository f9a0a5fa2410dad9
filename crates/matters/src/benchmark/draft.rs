//! Drafting a benchmark: rules from the editor or from a file. A draft may have faults; what has faults is neither reviewed nor published.

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use chrono::SubsecRound;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{id::uuid_at, problem::Problem};
use law::discretion::Benchmark;
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::types::Json as Kept;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    BenchmarkState,
    list::unknown,
    rules,
    store::{self, Row},
    view::BenchmarkVersion,
};
use crate::{ManageBenchmarks, Matters, matter::reason, service::record};

/// Rules to keep as a draft.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BenchmarkDraft {
    /// The rules; their `matter` names the matter.
    #[schema(value_type = Object)]
    rules: Value,
    /// Why.
    reason: String,
}

/// The rules, of a matter that there is.
async fn readable(room: &Matters, draft: &BenchmarkDraft) -> Answer<Benchmark> {
    let rules = rules::read(&draft.rules)?;
    if room.library().await?.shown(&rules.matter, room.today()).is_none() {
        return Err(Problem::invalid("matter-unknown", "没有这个编号的执法事项").field("rules.matter", "没有这个编号的执法事项").into());
    }
    Ok(rules)
}

/// Keeps a draft of a matter's next version.
///
/// # Errors
/// `benchmark-unreadable`, `matter-unknown`, `reason-missing`, `benchmark-draft-exists`.
#[utoipa::path(post, path = "/api/v1/benchmarks", tag = "law", operation_id = "draft_benchmark", request_body = BenchmarkDraft,
    responses((status = 201, body = BenchmarkVersion)), extensions(("x-right" = json!("law.benchmark"))))]
pub(crate) async fn create(
    State(room): State<Matters>,
    allowed: Allowed<ManageBenchmarks>,
    Json(draft): Json<BenchmarkDraft>,
) -> Answer<impl IntoResponse> {
    room.require_whole_county(&allowed.scope())?;
    let why = reason(&draft.reason)?.to_owned();
    let rules = readable(&room, &draft).await?;
    let (now, me) = (room.now().trunc_subsecs(6), allowed.caller.person.uuid());
    let mut transaction = room.pool().begin().await?;
    let (drafted, highest) = store::of_matter(&mut transaction, &rules.matter).await?;
    if drafted {
        let detail = "这个事项已有一份未发布的草稿；请修改那一份，或者先放弃它";
        return Err(Problem::conflict("benchmark-draft-exists", detail).into());
    }
    let row = Row {
        id: uuid_at(now),
        matter: rules.matter.clone(),
        number: highest + 1,
        state: BenchmarkState::Draft.code().into(),
        rules: Kept(rules),
        reason: why,
        sample: false,
        drafted_by: Some(me),
        drafted_at: now,
        reviewed_by: None,
        reviewed_at: None,
        review_note: None,
        effective_from: None,
        published_by: None,
        published_at: None,
        withdrawn_from: None,
        withdrawn_by: None,
        withdrawn_at: None,
        withdrawn_reason: None,
        version: 1,
    };
    store::insert(&mut transaction, &row).await?;
    let after = json!({ "version": row.number, "reason": row.reason });
    record(&mut transaction, &room, (&allowed.scope(), me), "benchmark-drafted", &row.matter, [Value::Null, after]).await?;
    transaction.commit().await?;
    let shown = room.benchmarks(vec![row], me).await?.pop().ok_or_else(unknown)?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// Writes a draft anew; a review that it had is gone with it.
///
/// # Errors
/// `benchmark-unknown`, `if-match-missing`, `version-conflict`, `benchmark-settled`, `benchmark-sample`, `benchmark-unreadable`, `matter-unknown`,
/// `reason-missing`.
#[utoipa::path(put, path = "/api/v1/benchmarks/{id}", tag = "law", operation_id = "rewrite_benchmark", request_body = BenchmarkDraft,
    params(("id" = Uuid, Path, description = "The draft"), ("If-Match" = String, Header)),
    responses((status = 200, body = BenchmarkVersion)), extensions(("x-right" = json!("law.benchmark"))))]
pub(crate) async fn rewrite(
    State(room): State<Matters>,
    allowed: Allowed<ManageBenchmarks>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(draft): Json<BenchmarkDraft>,
) -> Answer<Json<BenchmarkVersion>> {
    room.require_whole_county(&allowed.scope())?;
    let why = reason(&draft.reason)?.to_owned();
    let rules = readable(&room, &draft).await?;
    let me = allowed.caller.person.uuid();
    let mut transaction = room.pool().begin().await?;
    let mut row = store::locked(&mut transaction, id).await?.ok_or_else(unknown)?;
    super::act::as_seen(&row, seen)?;
    if row.sample {
        return Err(Problem::conflict("benchmark-sample", "这是示例，不能修改；请另存为本机关的草稿").into());
    }
    if !matches!(row.state.as_str(), "draft" | "reviewed") {
        return Err(Problem::conflict("benchmark-settled", "已经发布、停用或者放弃的不能修改；请另拟新版本").into());
    }
    if rules.matter != row.matter {
        return Err(Problem::invalid("benchmark-invalid", "不能改成另一个事项").field("rules.matter", "不能改成另一个事项").into());
    }
    (row.state, row.rules, row.reason) = (BenchmarkState::Draft.code().into(), Kept(rules), why);
    (row.drafted_by, row.drafted_at) = (Some(me), room.now().trunc_subsecs(6));
    (row.reviewed_by, row.reviewed_at, row.review_note) = (None, None, None);
    store::update(&mut transaction, &row).await?;
    row.version += 1;
    transaction.commit().await?;
    Ok(Json(room.benchmarks(vec![row], me).await?.pop().ok_or_else(unknown)?))
}
