//! A leader in charge (领导包案): put it under his charge, end that, instruct, answer.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    perform::{Command, perform},
    require::require_able,
};
use crate::{
    Leads,
    charge::{Order, by_rule},
    lead::{Action, Charge as ChargeAction, rules},
    rights,
    view::Lead,
};

/// The putting under a leader's charge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PutInCharge)]
pub(crate) struct Charge {
    /// The leader: somebody who may instruct, and on whose ground it lies.
    leader: Uuid,
    /// The reason.
    reason: String,
}

/// Puts a lead under a named leader's charge, or under another's than before; holder and limits stay.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused`, `person-not-able`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/charge", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Charge, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn charge(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Charge>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Charge>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "包案理由", &request.reason)?;
    require_able::<rights::Instruct>(&leads, id, "leader", Some(request.leader)).await?;
    let command = by_rule::put(request.leader, reason, leads.clock().now());
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The end of a charge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndCharge {
    /// The reason.
    reason: String,
}

/// Takes a lead out of its leader's charge; not while an instruction waits for its answer.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/end-charge", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = EndCharge, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn end_charge(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Charge>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<EndCharge>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "解除理由", &request.reason)?;
    let command = Command::new(Action::Charge(ChargeAction::End), json!({ "reason": reason }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// An instruction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Instruct {
    /// What is instructed.
    text: String,
    /// Working hours until it must be answered, 1 to 240.
    hours: u32,
}

/// The leader in charge instructs whoever has the lead; the answer has a limit of its own.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/instruct", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Instruct, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn instruct(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Instruct>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Instruct>,
) -> Answer<Json<Lead>> {
    let text = super::required("text", "批示内容", &request.text)?;
    if !(1..=rules::LONGEST_INSTRUCTION_HOURS).contains(&request.hours) {
        let detail = format!("答复时限应为 1 至 {} 工作时", rules::LONGEST_INSTRUCTION_HOURS);
        return Err(Problem::invalid("field-invalid", detail.clone()).field("hours", detail).into());
    }
    let payload = json!({ "text": text, "hours": request.hours });
    let mut command = Command::new(Action::Charge(ChargeAction::Instruct), payload);
    command.charge = Some(Order::Give { words: text, hours: request.hours, by: allowed.caller.person.uuid() });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The answer to an instruction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerInstruction {
    /// Which instruction of the lead.
    instruction: i32,
    /// What was done.
    text: String,
}

/// Answers an instruction: the unit that has the lead, or the command centre while no unit has it.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/answer-instruction", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead")), request_body = AnswerInstruction,
    responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn answer_instruction(
    State(leads): State<Leads>,
    allowed: Allowed<rights::AnswerInstruction>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<AnswerInstruction>,
) -> Answer<Json<Lead>> {
    let text = super::required("text", "答复内容", &request.text)?;
    let payload = json!({ "instruction": request.instruction, "text": text });
    let mut command = Command::new(Action::Charge(ChargeAction::Answer), payload);
    command.charge = Some(Order::Answer { round: request.instruction, words: text, by: allowed.caller.person.uuid() });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The taking back of an instruction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawInstruction {
    /// Which instruction of the lead.
    instruction: i32,
    /// The reason.
    reason: String,
}

/// Takes an instruction back that was not answered: whoever has the lead in charge now, his predecessor's as well.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/withdraw-instruction", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead")), request_body = WithdrawInstruction,
    responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn withdraw_instruction(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Instruct>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<WithdrawInstruction>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "撤回理由", &request.reason)?;
    let payload = json!({ "instruction": request.instruction, "reason": reason });
    let mut command = Command::new(Action::Charge(ChargeAction::Withdraw), payload);
    command.charge = Some(Order::Withdraw { round: request.instruction, reason, by: allowed.caller.person.uuid() });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
