//! Decide on a request for repair (决定信用修复): by the head, who did not check it.

use axum::extract::State;
use docket::{Actor, Change, Event, NewEntry};
use http_api::{Answer, Json, Path};
use identity::Allowed;
use kernel::problem::Problem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{REMEDY, RepairState, no_repair, store, view::RepairView};
use crate::{
    Publications,
    decision::{PublicationState, required, store as publications},
    rights,
};

/// What others hear of a repair.
const REPAIRED: &str = "publication.repaired";

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RepairDecision {
    /// The version that was seen.
    seen: i32,
    grant: bool,
    /// Why; of a refusal the party reads it.
    #[serde(default)]
    reason: String,
}

/// Decides. Granted, the publication ends at once and others hear of it; refused, the reason carries what the party may do.
///
/// # Errors
/// `repair-not-found`, `version-conflict`, `repair-not-here`, `repair-two-persons`, `repair-not-yet`, `field-required`.
#[utoipa::path(post, path = "/api/v1/credit-repairs/{id}/actions/decide", tag = "publication", operation_id = "decide_repair",
    params(("id" = Uuid, Path, description = "The request")), request_body = RepairDecision,
    responses((status = 200, body = RepairView, description = "As it then stands")))]
pub(crate) async fn decide(
    State(room): State<Publications>,
    allowed: Allowed<rights::DecideRepairs>,
    Path(id): Path<Uuid>,
    Json(wanted): Json<RepairDecision>,
) -> Answer<Json<RepairView>> {
    let (caller, me, now) = (&allowed.caller, allowed.caller.person.uuid(), room.clock().now());
    let mut transaction = room.database().pool().begin().await?;
    let (mut publication, mut row) = room.hold_repair(&mut transaction, &allowed.scope(), id, wanted.seen).await?;
    match row.state() {
        RepairState::Checked => {}
        RepairState::Received => return Err(Problem::conflict("repair-not-here", "申请还没有核查，先核查再决定").into()),
        _ => return Err(Problem::conflict("repair-not-here", "申请已经办结").into()),
    }
    if row.checked_by == Some(me) {
        return Err(Problem::conflict("repair-two-persons", "核查人不能决定自己核查的申请，由另一名机关负责人决定").into());
    }
    let mut events = Vec::new();
    if wanted.grant {
        room.grantable(&mut transaction, &publication).await?;
        row.reason = Some(wanted.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        PublicationState::Ended.code().clone_into(&mut publication.state);
        (publication.ended_by, publication.ended_at) = (Some(me), Some(now));
        publication.reason = Some("信用修复，提前结束公示".to_owned());
        publications::keep(&mut transaction, &publication).await?;
        let header = docket::lock(&mut transaction, &publication.key(), None).await?.ok_or_else(no_repair)??.header;
        let number = publication.content.as_ref().map(|content| content.number.clone());
        events.push(Event {
            topic: REPAIRED,
            payload: json!({ "publication": publication.id, "repair": id, "decision": number, "jurisdiction": header.jurisdiction,
                "unit": header.unit, "simulated": header.simulated }),
        });
    } else {
        row.reason = Some(format!("{}。{REMEDY}", required("reason", "不予修复的理由", &wanted.reason)?.trim_end_matches('。')));
    }
    let state = if wanted.grant { RepairState::Granted } else { RepairState::Refused };
    state.code().clone_into(&mut row.state);
    (row.decided_by, row.decided_at) = (Some(me), Some(now));
    store::keep(&mut transaction, &row).await?;
    let locked = docket::lock(&mut transaction, &publication.key(), None).await?.ok_or_else(no_repair)??;
    let entry = NewEntry {
        actor: Actor::Person(caller.person),
        role: caller.roles.first().cloned(),
        action: if wanted.grant { "repair-granted" } else { "repair-refused" },
        place: None,
        payload: json!({ "repair": id, "publication": publication.id }),
    };
    locked.change(&mut transaction, now, Change { details: true, entries: vec![entry], events, ..Change::default() }).await?;
    let row = store::held(&mut transaction, id).await?.unwrap_or(row);
    transaction.commit().await?;
    Ok(Json(room.repair_views(vec![row], me).await?.pop().ok_or_else(no_repair)?))
}
