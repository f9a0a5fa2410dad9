//! Joint tasks (联合处置): call units, ask for one on the spot, take, do, send back, withdraw.

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, perform};
use crate::{
    Leads,
    joint::{Order, straight},
    lead::{Action, Joint, PhotoRole, rules},
    rights,
    view::Lead,
};

/// Units that are to assist.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallJoint {
    /// The units, at most eight.
    units: Vec<Uuid>,
    /// What is asked of them.
    ask: String,
}

/// Refuses units that are no more, that are named twice, or that are too many.
pub(super) async fn require_units(leads: &Leads, field: &'static str, units: &[Uuid]) -> Answer<()> {
    let organisations = leads.identity().organisations().await?;
    if units.is_empty() || units.len() > rules::MOST_ASSISTING {
        let detail = format!("协办单位应为 1 至 {} 个", rules::MOST_ASSISTING);
        return Err(Problem::invalid("joint-units-invalid", detail.clone()).field(field, detail).into());
    }
    for (n, unit) in units.iter().enumerate() {
        if units[..n].contains(unit) || organisations.get(*unit).is_none_or(|unit| !unit.active) {
            let detail = "有单位重复、不存在或已停用";
            return Err(Problem::invalid("joint-units-invalid", detail).field(field, detail).into());
        }
    }
    Ok(())
}

/// Calls units to assist beside the one that has the lead; each gets a task with a limit of its own.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, `joint-units-invalid`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/call-joint", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = CallJoint, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn call_joint(
    State(leads): State<Leads>,
    allowed: Allowed<rights::DispatchLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<CallJoint>,
) -> Answer<Json<Lead>> {
    let ask = super::required("ask", "协办要求", &request.ask)?;
    require_units(&leads, "units", &request.units).await?;
    let payload = json!({ "assisting": request.units, "ask": ask });
    let command = Command::new(Action::Joint(Joint::Call), payload).ordering(Order::Call { units: request.units, ask });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// A unit that is needed on the spot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskJoint {
    /// The unit.
    unit: Uuid,
    /// What is asked of it.
    ask: String,
}

/// Asks the dispatcher to call another unit into the same event; where the city let the caller's unit call it straight through, calls it.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, `joint-units-invalid`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/ask-joint", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = AskJoint, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn ask_joint(
    State(leads): State<Leads>,
    allowed: Allowed<rights::Remark>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<AskJoint>,
) -> Answer<Json<Lead>> {
    let ask = super::required("ask", "协办要求", &request.ask)?;
    require_units(&leads, "unit", &[request.unit]).await?;
    let (settings, tree) = (leads.settings().await?, leads.identity().organisations().await?);
    let straight = straight::goes(&settings, &tree, allowed.caller.organisation.uuid(), request.unit);
    let payload = json!({ "assisting": [request.unit], "ask": ask, "straight": straight });
    let order = if straight { Order::Call { units: vec![request.unit], ask } } else { Order::Ask { unit: request.unit, ask } };
    let command = Command::new(Action::Joint(Joint::Ask), payload).ordering(order);
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The taking of a joint task.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointTake {}

/// Takes the joint task of the caller's unit.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/joint-take", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = JointTake, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn joint_take(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FixLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(JointTake {}): Json<JointTake>,
) -> Answer<Json<Lead>> {
    let command = Command::new(Action::Joint(Joint::Take), json!({})).ordering(Order::Take { person: allowed.caller.person.uuid() });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// What an assisting unit did.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointDone {
    /// What was done.
    note: String,
    /// Photos after it, already uploaded.
    #[serde(default)]
    after_photos: Vec<String>,
}

/// Says that the joint task of the caller's unit is done.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/joint-done", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = JointDone, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn joint_done(
    State(leads): State<Leads>,
    allowed: Allowed<rights::FixLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<JointDone>,
) -> Answer<Json<Lead>> {
    let note = super::required("note", "协办情况", &request.note)?;
    let payload = json!({ "note": note, "after_photos": request.after_photos });
    let command = Command::new(Action::Joint(Joint::Done), payload)
        .with_photos(request.after_photos, PhotoRole::After)
        .ordering(Order::Done { note });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// Why a joint task goes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointReturn {
    /// The reason.
    reason: String,
}

/// Sends the joint task of the caller's unit back to the dispatcher.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/joint-return", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = JointReturn, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn joint_return(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<JointReturn>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "退回理由", &request.reason)?;
    let command = Command::new(Action::Joint(Joint::Return), json!({ "reason": reason })).ordering(Order::Return { reason });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The unit that need not assist any more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JointWithdraw {
    /// The unit.
    unit: Uuid,
    /// The reason.
    reason: String,
}

/// Withdraws a unit's joint task, or refuses the one that was asked for.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/joint-withdraw", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = JointWithdraw, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn joint_withdraw(
    State(leads): State<Leads>,
    allowed: Allowed<rights::DispatchLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<JointWithdraw>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "撤回理由", &request.reason)?;
    let payload = json!({ "assisting": [request.unit], "reason": reason });
    let command = Command::new(Action::Joint(Joint::Withdraw), payload).ordering(Order::Withdraw { unit: request.unit, reason });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
