//! What becomes of a benchmark: reviewed or returned by another person, published from a day, withdrawn, thrown away.

use axum::extract::State;
use chrono::NaiveDate;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::{codes, problem::Problem};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    list::unknown,
    rules,
    store::{self, Row},
    view::BenchmarkVersion,
};
use crate::{ManageBenchmarks, Matters, ReviewBenchmarks, matter::reason, service::record};

/// Discretion is bound by published benchmarks.
const BENCHMARKS: &str = "行政处罚法第三十四条";

codes! {
    /// What is done with a benchmark (裁量基准的办理).
    BenchmarkAction {
        /// Found good by another person.
        Review = "review", "审核通过";
        /// Given back to who drafted it.
        Return = "return", "退回修改";
        /// Counts from a day on.
        Publish = "publish", "发布";
        /// Counts no more from a day on.
        Withdraw = "withdraw", "停用";
        /// Thrown away.
        Discard = "discard", "放弃";
    }
}

/// What it is done with.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct BenchmarkStep {
    /// From which day on it counts, or counts no more; today without it.
    from: Option<NaiveDate>,
    /// Why, or what the reviewer says.
    note: Option<String>,
}

/// Refuses what changed since it was seen.
pub(super) fn as_seen(row: &Row, seen: Option<i64>) -> Result<(), Problem> {
    match seen {
        None => Err(Problem::invalid("if-match-missing", "办理时请带上 If-Match 版本号")),
        Some(version) if version != row.version => {
            Err(Problem::precondition_failed("version-conflict", "这份裁量基准刚有变化，请刷新后再试"))
        }
        Some(_) => Ok(()),
    }
}

fn wrong(row: &Row, action: BenchmarkAction) -> Problem {
    let state = row.state.parse::<super::BenchmarkState>().map_or("", super::BenchmarkState::label);
    Problem::conflict("benchmark-state", format!("“{state}”的裁量基准不能{}", action.label()))
}

/// Takes a step with a benchmark. Reviewing and returning need the right to review, and a person other than who drafted it; the others the
/// right to keep benchmarks.
///
/// # Errors
/// `benchmark-unknown`, `benchmark-step-unknown`, `forbidden`, `if-match-missing`, `version-conflict`, `benchmark-state`, `reviewed-apart`,
/// `benchmark-invalid`, `benchmark-sample`, `reason-missing`, `from-invalid`.
#[utoipa::path(post, path = "/api/v1/benchmarks/{id}/actions/{action}", tag = "law", operation_id = "act_on_benchmark",
    params(("id" = Uuid, Path, description = "The version"), ("action" = String, Path, description = "review, return, publish, withdraw or discard"),
        ("If-Match" = String, Header)), request_body = BenchmarkStep,
    responses((status = 200, body = BenchmarkVersion)), extensions(("x-right" = json!("law.benchmark-review"))))]
pub(crate) async fn act(
    State(room): State<Matters>,
    allowed: Allowed<ReviewBenchmarks>,
    Path((id, action)): Path<(Uuid, String)>,
    IfMatch(seen): IfMatch,
    Json(step): Json<BenchmarkStep>,
) -> Answer<Json<BenchmarkVersion>> {
    room.require_whole_county(&allowed.scope())?;
    let action: BenchmarkAction = action.parse().map_err(|_| Problem::not_found("benchmark-step-unknown", "没有这个办理环节"))?;
    if !matches!(action, BenchmarkAction::Review | BenchmarkAction::Return) {
        let keeper = Allowed::<ManageBenchmarks>::check(allowed.caller.clone())?;
        room.require_whole_county(&keeper.scope())?;
    }
    let me = allowed.caller.person.uuid();
    let mut transaction = room.pool().begin().await?;
    let mut row = store::locked(&mut transaction, id).await?.ok_or_else(unknown)?;
    as_seen(&row, seen)?;
    let label = |row: &Row| row.state.parse::<super::BenchmarkState>().map_or("", super::BenchmarkState::label);
    let before = json!({ "version": row.number, "benchmark_state": label(&row) });
    change(&room, &mut row, action, &step, me).await?;
    store::update(&mut transaction, &row).await?;
    row.version += 1;
    let after = json!({
        "version": row.number, "benchmark_state": label(&row), "effective_from": row.effective_from, "withdrawn_from": row.withdrawn_from,
        "reason": step.note.as_deref().map(str::trim),
    });
    let told = match action {
        BenchmarkAction::Review => "benchmark-reviewed",
        BenchmarkAction::Return => "benchmark-returned",
        BenchmarkAction::Publish => "benchmark-published",
        BenchmarkAction::Withdraw => "benchmark-withdrawn",
        BenchmarkAction::Discard => "benchmark-discarded",
    };
    record(&mut transaction, &room, (&allowed.scope(), me), told, &row.matter, [before, after]).await?;
    transaction.commit().await?;
    Ok(Json(room.benchmarks(vec![row], me).await?.pop().ok_or_else(unknown)?))
}

async fn change(room: &Matters, row: &mut Row, action: BenchmarkAction, step: &BenchmarkStep, me: Uuid) -> Answer<()> {
    let now = room.now();
    let from = step.from.unwrap_or_else(|| room.today());
    let note = step.note.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(reason).transpose()?.map(str::to_owned);
    let state = row.state.as_str();
    match action {
        BenchmarkAction::Review | BenchmarkAction::Return if row.sample => return Err(sample().into()),
        BenchmarkAction::Review | BenchmarkAction::Return if !matches!(state, "draft" | "reviewed") => {
            return Err(wrong(row, action).into());
        }
        BenchmarkAction::Review if state != "draft" => return Err(wrong(row, action).into()),
        BenchmarkAction::Review | BenchmarkAction::Return if row.drafted_by == Some(me) => {
            let why = "起草人不能审核自己起草的裁量基准，由另一人审核";
            return Err(Problem::forbidden("reviewed-apart", why).citing(BENCHMARKS).into());
        }
        BenchmarkAction::Review => {
            faultless(room, row).await?;
            (row.state, row.reviewed_by, row.reviewed_at, row.review_note) = ("reviewed".into(), Some(me), Some(now), note);
        }
        BenchmarkAction::Return => {
            let said = note.ok_or_else(|| Problem::invalid("reason-missing", "请写明退回的理由").field("note", "请写明退回的理由"))?;
            (row.state, row.reviewed_by, row.reviewed_at, row.review_note) = ("draft".into(), Some(me), Some(now), Some(said));
        }
        BenchmarkAction::Publish if row.sample => return Err(sample().into()),
        BenchmarkAction::Publish if state != "reviewed" => return Err(wrong(row, action).into()),
        BenchmarkAction::Publish => {
            faultless(room, row).await?;
            // What was decided before rested on what was published then.
            if from < room.today() {
                let detail = "施行日期不能早于今天：以前的案件按当时公布的基准办理";
                return Err(Problem::invalid("from-invalid", detail).field("from", detail).citing(BENCHMARKS).into());
            }
            (row.state, row.effective_from) = ("published".into(), Some(from));
            (row.published_by, row.published_at) = (Some(me), Some(now));
        }
        BenchmarkAction::Withdraw if state != "published" => return Err(wrong(row, action).into()),
        BenchmarkAction::Withdraw => {
            let why = note.ok_or_else(|| Problem::invalid("reason-missing", "请写明停用的理由").field("note", "请写明停用的理由"))?;
            if from < room.today() {
                let detail = "停用日期不能早于今天";
                return Err(Problem::invalid("from-invalid", detail).field("from", detail).into());
            }
            (row.state, row.withdrawn_from) = ("withdrawn".into(), Some(from));
            (row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason) = (Some(me), Some(now), Some(why));
        }
        BenchmarkAction::Discard if !matches!(state, "draft" | "reviewed") => return Err(wrong(row, action).into()),
        BenchmarkAction::Discard => row.state = "discarded".into(),
    }
    Ok(())
}

fn sample() -> Problem {
    Problem::conflict("benchmark-sample", "这是示例，数字不是任何机关公布的，不能审核、发布；请另存为本机关的草稿后按公布的基准填写")
}

/// Refuses rules that do not fit the matter of today.
async fn faultless(room: &Matters, row: &Row) -> Answer<()> {
    let library = room.library().await?;
    let matter = library.shown(&row.matter, room.today()).ok_or_else(|| Problem::not_found("matter-unknown", "没有这个编号的执法事项"))?;
    Ok(rules::sound(rules::faults(&row.rules, &row.matter, &matter.facts))?)
}
