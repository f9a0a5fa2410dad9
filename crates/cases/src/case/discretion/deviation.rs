//! A fine outside its tier (偏离): the officer says why, and a person who neither handles the case nor approves the step agrees.

use axum::extract::State;
use docket::ledger::payload;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    super::required,
    BENCHMARKS, DeviationRow, Standing, handled, store, undecided,
    view::{self, CaseDiscretion},
};
use crate::{Cases, rights};

/// A fine outside the tier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskDeviation {
    /// The fine, in fen.
    fine_fen: i64,
    /// Why.
    reason: String,
}

/// Agreeing to it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveDeviation {
    /// What was considered.
    note: String,
}

/// Asks to deviate; another ask takes the place of the one before.
///
/// # Errors
/// `case-not-found`, `if-match-missing`, `version-conflict`, `case-not-handled`, `recused`, `case-decided`, `weighed-first`, `deviation-none`
/// where the fine lies in the tier, `deviation-unlawful` where it lies outside the statute's range, `field-required`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/deviation", tag = "cases", operation_id = "ask_case_deviation", request_body = AskDeviation,
    params(("id" = Uuid, Path, description = "The case"), ("If-Match" = String, Header)),
    responses((status = 200, body = CaseDiscretion, description = "The discretion as it then stands")))]
pub(crate) async fn ask(
    State(room): State<Cases>,
    allowed: Allowed<rights::HandleCases>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(asked): Json<AskDeviation>,
) -> Answer<Json<CaseDiscretion>> {
    let reason = required("reason", "偏离裁量阶次的理由", &asked.reason)?;
    let (caller, now) = (&allowed.caller, room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (locked, dossier) = undecided(&mut transaction, caller, id, seen).await?;
    handled(&dossier, caller)?;
    let key = locked.header.key();
    let standing = Standing::of(&room, &mut transaction, &key, &dossier).await?;
    let weighing = standing.weighing.as_ref().ok_or_else(|| Problem::conflict("weighed-first", "请先填写裁量因素").citing(BENCHMARKS))?;
    if asked.fine_fen > 0 && standing.fits(asked.fine_fen) == Some(true) {
        return Err(Problem::conflict("deviation-none", format!("该数额在“{}”阶次以内，不是偏离", weighing.tier))
            .citing(BENCHMARKS)
            .into());
    }
    let record = &dossier.record;
    let below = record.fine_min_fen.is_some_and(|least| asked.fine_fen < least && weighing.low_fen >= least);
    if asked.fine_fen <= 0 || below || record.fine_max_fen.is_none_or(|most| asked.fine_fen > most) {
        let why = "该数额超出法定幅度，不能以偏离处理";
        return Err(Problem::invalid("deviation-unlawful", why).field("fine_fen", why).citing("行政处罚法第五条第二款").into());
    }
    let row = DeviationRow {
        ordinal: standing.deviation.as_ref().map_or(1, |last| last.ordinal + 1),
        weighing: weighing.ordinal,
        fine_fen: asked.fine_fen,
        reason,
        asked_by: caller.person.uuid(),
        asked_at: now,
        approved_by: None,
        approved_at: None,
        note: None,
    };
    store::insert_deviation(&mut transaction, &key, &row).await?;
    let line = payload([("fine_fen", json!(row.fine_fen)), ("tier", json!(weighing.tier)), ("reason", json!(row.reason))]);
    super::write(&room, &mut transaction, locked, caller, "deviate", line).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}

/// Agrees to the deviation that was asked for last.
///
/// # Errors
/// `case-not-found`, `if-match-missing`, `version-conflict`, `recused`, `case-decided`, `deviation-unasked`, `deviation-apart` for who handles the
/// case, `field-required`.
#[utoipa::path(post, path = "/api/v1/cases/{id}/deviation/actions/approve", tag = "cases", operation_id = "approve_case_deviation",
    request_body = ApproveDeviation, params(("id" = Uuid, Path, description = "The case"), ("If-Match" = String, Header)),
    responses((status = 200, body = CaseDiscretion, description = "The discretion as it then stands")))]
pub(crate) async fn approve(
    State(room): State<Cases>,
    allowed: Allowed<rights::ApproveCases>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(given): Json<ApproveDeviation>,
) -> Answer<Json<CaseDiscretion>> {
    let note = required("note", "批准偏离的意见", &given.note)?;
    let (caller, now) = (&allowed.caller, room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (locked, dossier) = undecided(&mut transaction, caller, id, seen).await?;
    if dossier.is_handler(caller.person.uuid()) {
        let why = "承办人不能批准自己案件的偏离，由另一名负责人批准";
        return Err(Problem::forbidden("deviation-apart", why).citing(BENCHMARKS).into());
    }
    let key = locked.header.key();
    let standing = Standing::of(&room, &mut transaction, &key, &dossier).await?;
    let waiting =
        standing.deviation.filter(|it| it.approved_by.is_none() && standing.weighing.is_some_and(|last| last.ordinal == it.weighing));
    let mut row = waiting.ok_or_else(|| Problem::conflict("deviation-unasked", "没有待批准的偏离申请"))?;
    (row.approved_by, row.approved_at, row.note) = (Some(caller.person.uuid()), Some(now), Some(note));
    store::approve(&mut transaction, &key, &row).await?;
    let line = payload([("fine_fen", json!(row.fine_fen)), ("note", json!(row.note))]);
    super::write(&room, &mut transaction, locked, caller, "approve-deviation", line).await?;
    transaction.commit().await?;
    Ok(Json(view::whole(&room, caller, id).await?))
}
