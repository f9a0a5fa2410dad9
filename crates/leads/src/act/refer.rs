//! Refer a lead to a neighbour city, and take it back (转邻市、撤回转办).

use axum::extract::State;
use http_api::{Answer, IfMatch, Json, Path};
use identity::Allowed;
use kernel::personal::redact;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::perform::{Command, covers, not_found, perform};
use crate::{
    Leads,
    lead::{Action, Referral, store},
    referral::{Order, ToRefer, no_neighbours},
    rights,
    view::Lead,
};

/// Where a lead belongs, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Refer {
    /// The neighbour's code.
    neighbour: String,
    /// Why it is theirs; the neighbour reads it.
    reason: String,
}

/// Refers a lead to a neighbour city. It is sent at once, and again until it is taken or a day has passed; until the neighbour ends it, it is
/// the dispatcher's to follow up.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, `neighbour-unknown`, `neighbour-class-unmapped`,
/// `neighbour-place-missing`, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/refer", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = Refer, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn refer(
    State(leads): State<Leads>,
    allowed: Allowed<rights::DispatchLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<Refer>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "转办理由", &request.reason)?;
    let neighbours = leads.neighbours().ok_or_else(no_neighbours)?;
    let pool = leads.database().pool();
    let header = store::header(pool, id).await?.filter(|header| covers(&allowed.scope(), header)).ok_or_else(not_found)?;
    let record = store::record(&mut *pool.acquire().await?, &header.region, id).await?.ok_or_else(not_found)?;
    let lead = ToRefer {
        number: header.number.clone(),
        class_code: record.class_code.clone(),
        description: redact(&record.description).into_owned(),
        address: record.address.as_deref().map(|address| redact(address).into_owned()),
        position: header.lon.zip(header.lat),
        reason: redact(&reason).into_owned(),
    };
    let prepared = neighbours.prepare(&request.neighbour, &lead).await?;
    let payload = json!({ "neighbour": prepared.name, "reason": reason });
    let mut command = Command::new(Action::Referral(Referral::Refer), payload).deciding(move |draft| {
        // What is sent was made from what was read before the lock.
        if draft.header.version != header.version {
            return Err(kernel::problem::Problem::precondition_failed("version-conflict", "该件刚被更新，请刷新后再转"));
        }
        Ok(())
    });
    command.referral = Some(Order::Refer { neighbour: request.neighbour, prepared, reason, person: allowed.caller.person.uuid() });
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}

/// Why a lead is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakeBack {
    /// The reason.
    reason: String,
}

/// Takes a lead back that is with a neighbour city, or that its server refused. It goes back to where it was referred from. The interface
/// knows no withdrawing: what the neighbour already has must be told to it.
///
/// # Errors
/// `lead-not-found`, `version-conflict`, `action-refused` with the reason and its citation, or a faulty field.
#[utoipa::path(post, path = "/api/v1/leads/{id}/actions/take-back", tag = "leads", params(("id" = Uuid, Path, description = "The lead")),
    request_body = TakeBack, responses((status = 200, body = Lead, description = "The lead as it then stands")))]
pub(crate) async fn take_back(
    State(leads): State<Leads>,
    allowed: Allowed<rights::DispatchLead>,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(request): Json<TakeBack>,
) -> Answer<Json<Lead>> {
    let reason = super::required("reason", "撤回理由", &request.reason)?;
    let command = Command::new(Action::Referral(Referral::TakeBack), json!({ "reason": reason }));
    Ok(Json(perform(&leads, &allowed, id, seen, command).await?))
}
