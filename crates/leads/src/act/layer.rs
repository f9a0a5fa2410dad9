//! Between levels (分层响应): raise to the level above, return what was raised, send down.

use std::sync::Arc;

use axum::extract::State;
use docket::{Actor, Header, KeyOf};
use http_api::{Answer, IfMatch, Json, Path};
use identity::{Allowed, OrganisationTree};
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, by_system, perform};
use crate::{
    Leads, layers,
    lead::{Action, Layer, procedure::HOUSE},
    rights,
    view::Lead,
};

fn refused(reason: &str) -> Problem {
    let mut problem = Problem::conflict("action-refused", reason);
    problem.citation = Some(HOUSE.to_owned());
    problem
}

/// The raising of a lead from the unit that has it to the one above.
fn raising(tree: Arc<OrganisationTree>, reason: String) -> Command {
    Command::new(Action::Layer(Layer::Raise), json!({ "reason": reason })).deciding(move |draft| {
        let from = draft.header.unit;
        let above = from.and_then(|unit| layers::above(&tree, unit)).ok_or_else(|| refused("没有可以上提的上级单位"))?;
        draft.payload["unit"] = json!(above);
        draft.payload["from"] = json!(from);
        draft.change.unit = Some(Some(above.into()));
        Ok(())
    })
}

/// Raises a lead whose limit ran out, in the system's name and the caller's transaction.
pub(crate) async fn raise_by_rule(leads: &Leads, connection: &mut PgConnection, key: &KeyOf, actor: Actor) -> Answer<Header> {
    let tree = leads.identity().organisations().await?;
    by_system(leads, connection, key, actor, raising(tree, "本级处置时限已到，按规则上提".to_owned())).await
}

/// Why a lead is raised.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raise {
    /// The reason.
    reason: String,
}

/// Raises a lead that a unit cannot solve to the nearest unit of a higher level above it, once a unit.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/raise", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Raise, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn raise(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Raise>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "上提理由", &request.reason)?;
    let tree = leads.identity().organisations().await?;
    Ok(Json(perform(&leads, &allowed, id, seen, raising(tree, reason)).await?))
}

/// Why what was raised goes back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnRaised {
    /// The reason.
    reason: String,
}

/// Returns what was raised to the unit that raised it.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/return-raised", tag = "leads",
    params(("id" = Uuid, Path, description = "The lead")), request_body = ReturnRaised,
    responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn return_raised(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<ReturnRaised>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "退回理由", &request.reason)?;
    let tree = leads.identity().organisations().await?;
    let command = Command::new(Action::Layer(Layer::Return), json!({ "reason": reason })).deciding(move |draft| {
        let back = draft.lead.raised_from.filter(|unit| tree.get(*unit).is_some_and(|unit| unit.active));
        let back = back.ok_or_else(|| refused("上提的单位已停用，请下派到其他单位或回退派遣员"))?;
        draft.payload["unit"] = json!(back);
        draft.change.unit = Some(Some(back.into()));
        Ok(())
    });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// The unit that is to have it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendDown {
    /// A unit below the one that has it.
    unit: Uuid,
    /// A note.
    note: Option<String>,
}

/// Sends a lead down to a unit below the one that has it.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/send-down", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = SendDown, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn send_down(
    State(leads): State<Leads>,
    allowed: Allowed<rights::LeadUnit>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<SendDown>,
) -> Answer<Json<Lead>> {
    let note = super::optional("note", "说明", request.note.as_deref())?;
    let tree = leads.identity().organisations().await?;
    let payload = docket::ledger::payload([("unit", json!(request.unit)), ("note", json!(note))]);
    let command = Command::new(Action::Layer(Layer::SendDown), payload).deciding(move |draft| {
        if !draft.header.unit.is_some_and(|unit| layers::is_below(&tree, request.unit, unit)) {
            return Err(refused("只能下派到现承办单位的下级单位"));
        }
        draft.change.unit = Some(Some(request.unit.into()));
        Ok(())
    });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
